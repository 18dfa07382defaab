import { randomUUID } from "node:crypto";
import { createSender } from "../../collector/dist/webhooks/sender.js";
import { createWebhookSecret, signMessage } from "../../collector/dist/webhooks/sign-message.js";
import { BODY, median } from "./bench.mjs";

/** As many at once as the loop allows an endpoint that answers well. */
const CONCURRENT = 32;

/** CPU time of this process, in milliseconds. */
function cpuMs() {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
}

async function timed(count, run) {
  const [startedAt, startedCpu] = [performance.now(), cpuMs()];
  await run();
  const perSecond = (count / (performance.now() - startedAt)) * 1_000;
  return { perSecond, cpu: ((cpuMs() - startedCpu) / count) * 1_000 };
}

/** More than a lane needs to have all its places. */
const WARM_MESSAGES = 1_000;

/**
 * The same client and receiver by turns without and with the database, and the median of each. A
 * lane starts with one at a time and earns its places; what a new process takes with that is a row of
 * its own.
 */
export async function deliveryRate(bench) {
  const { messages, rounds } = bench.sizes;
  const receiver = await bench.startReceiver();
  const sender = createSender({ isPrivateAllowed: true, allowedHosts: [] });
  const secret = createWebhookSecret();
  const projectId = await bench.openProject();
  const endpoint = await bench.openEndpoint(projectId, receiver.url);

  const bare = () =>
    timed(messages, async () => {
      let left = messages;
      const lane = async () => {
        while (left-- > 0) {
          const signed = { id: randomUUID(), timestampSeconds: 1_760_000_000, body: BODY };
          const headers = { "content-type": "application/json", ...signMessage(signed, [secret]) };
          await sender.send({ url: receiver.url, headers, body: BODY });
        }
      };
      await Promise.all(Array.from({ length: CONCURRENT }, lane));
    });

  const ours = async () => {
    await bench.queue(projectId, endpoint.id, { count: WARM_MESSAGES + messages });
    const loop = bench.openLoop();
    const { count: before } = await receiver.state();
    const warm = receiver.nextCount(before + WARM_MESSAGES);
    const cold = await timed(WARM_MESSAGES, () => {
      loop.start();
      return warm;
    });
    const full = await timed(messages, () => receiver.nextCount(before + WARM_MESSAGES + messages));
    await loop.stop();
    return { ...full, coldPerSecond: cold.perSecond };
  };

  await bare();
  await ours();
  const pairs = [];
  for (let n = 0; n < rounds; n += 1) pairs.push([await bare(), await ours()]);
  await sender.close();
  const ratio = median(pairs.map(([one, two]) => two.perSecond / one.perSecond));
  const cold = median(pairs.map(([one, two]) => two.coldPerSecond / one.perSecond));
  const cpu = median(pairs.map(([one, two]) => two.cpu / one.cpu));
  return [
    {
      name: "deliveries per second",
      telltale: Math.round(median(pairs.map(([, { perSecond }]) => perSecond))),
      reference: Math.round(median(pairs.map(([{ perSecond }]) => perSecond))),
      ratio: ratio.toFixed(2),
      goal: ">= 0.5",
      ok: ratio >= 0.5,
    },
    {
      name: `the first ${WARM_MESSAGES} of a new process`,
      telltale: Math.round(median(pairs.map(([, { coldPerSecond }]) => coldPerSecond))),
      reference: Math.round(median(pairs.map(([{ perSecond }]) => perSecond))),
      ratio: cold.toFixed(2),
      goal: ">= 0.2",
      ok: cold >= 0.2,
    },
    {
      name: "CPU time of the sending process",
      telltale: `${Math.round(median(pairs.map(([, one]) => one.cpu)))} µs`,
      reference: `${Math.round(median(pairs.map(([one]) => one.cpu)))} µs`,
      ratio: cpu.toFixed(2),
      goal: "",
      ok: true,
    },
  ];
}
