import { setTimeout as sleep } from "node:timers/promises";

const LEASE_MS = 3_000;
/** How long the receiver takes. */
const RECEIVER_MS = 25;

/**
 * F30: 2 of 4 workers are killed while they send. What they had under way is sent again; a queue as
 * short as this goes out one at a time, so it is one for each of them.
 */
export async function killedWorkers(bench) {
  const { killed: jobs } = bench.sizes;
  const receiver = await bench.startReceiver(RECEIVER_MS);
  const projectId = await bench.openProject();
  const endpoint = await bench.openEndpoint(projectId, receiver.url);
  const workers = [];
  for (let n = 0; n < 4; n += 1) workers.push(await bench.startWorker(LEASE_MS));
  await bench.queue(projectId, endpoint.id, { count: jobs });
  while ((await receiver.state()).count < jobs / 10) await sleep(1);
  const killedAt = Date.now();
  for (const worker of workers.slice(0, 2)) worker.kill("SIGKILL");
  for (const until = Date.now() + 30_000; Date.now() < until; await sleep(50)) {
    if ((await receiver.arrivals()).length >= jobs) break;
  }
  const elapsed = Date.now() - killedAt;
  await sleep(LEASE_MS + 500);
  const { count } = await receiver.state();
  const arrivals = await receiver.arrivals();
  for (const worker of workers) worker.kill();
  const missing = jobs - arrivals.length;
  const repeats = count - arrivals.length;
  return [
    {
      name: "F30 two of four workers killed",
      telltale: `${arrivals.length} of ${jobs}, ${repeats} twice`,
      reference: `done after ${elapsed} ms`,
      ratio: "",
      goal: "none missing, 2 twice, lease + 5 s",
      ok: missing === 0 && repeats <= 2 && elapsed <= LEASE_MS + 5_000,
    },
  ];
}
