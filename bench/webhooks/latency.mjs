import { setTimeout as sleep } from "node:timers/promises";
import { publishMessage } from "../../collector/dist/webhooks/publish-message.js";

/** From the commit of a message to its arrival, while 100 messages a second go out. */
export async function latency(bench) {
  const receiver = await bench.startReceiver();
  const projectId = await bench.openProject();
  await bench.openEndpoint(projectId, receiver.url);
  const loop = bench.openLoop();
  loop.start();
  const published = new Map();
  for (let n = 0; n < 400; n += 1) {
    const at = new Date().toISOString();
    const message = {
      projectId,
      type: "milestone.reached",
      accountId: "a",
      sequence: null,
      data: { schemaVersion: 1, n },
      at,
    };
    published.set(await publishMessage(bench.database.sql, message), Date.now());
    await sleep(10);
  }
  await receiver.nextCount(400);
  await loop.stop();
  const arrivals = await receiver.arrivals();
  const waits = arrivals.map(([id, at]) => at - published.get(id)).sort((a, b) => a - b);
  const p95 = waits[Math.floor(waits.length * 0.95)];
  return [
    {
      name: "commit to arrival, p95",
      telltale: `${p95} ms`,
      reference: `p50 ${waits[Math.floor(waits.length / 2)]} ms`,
      ratio: "",
      goal: "<= 1000 ms",
      ok: p95 <= 1_000,
    },
  ];
}
