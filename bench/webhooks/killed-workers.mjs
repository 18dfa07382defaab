import { setTimeout as sleep } from "node:timers/promises";

const LEASE_MS = 3_000;
/** Most that a lane has under way or unwritten once it has earned all its places. */
const FULL_LANE = 64;

/**
 * F30: 2 of 4 workers are killed while they send. What they had under way is sent again; a queue as
 * short as the fault names goes out one at a time, so it is one for each of them, whenever they are
 * killed. In a long one it is what their lanes have earned.
 */
export async function killedWorkers(bench) {
  const { killed: jobs } = bench.sizes;
  const rows = [];
  for (const [receiverMs, share] of [
    [25, 0.1],
    [25, 0.5],
    [25, 0.9],
    [100, 0.5],
  ]) {
    rows.push(await killTwo(bench, { jobs, receiverMs, share, mostTwice: 2 }));
  }
  const long = { jobs: jobs * 20, receiverMs: 25, share: 0.5, mostTwice: 2 * FULL_LANE };
  return [...rows, await killTwo(bench, long)];
}

/** @param given share: of the queue that is delivered when they are killed */
async function killTwo(bench, { jobs, receiverMs, share, mostTwice }) {
  const receiver = await bench.startReceiver(receiverMs);
  const projectId = await bench.openProject();
  const endpoint = await bench.openEndpoint(projectId, receiver.url);
  const workers = [];
  for (let n = 0; n < 4; n += 1) workers.push(await bench.startWorker(LEASE_MS));
  await bench.queue(projectId, endpoint.id, { count: jobs });
  while ((await receiver.state()).count < jobs * share) await sleep(1);
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
  return {
    name: `F30 two of four workers killed at ${share * 100} % of ${jobs}, answers of ${receiverMs} ms`,
    telltale: `${arrivals.length} of ${jobs}, ${repeats} twice`,
    reference: `done after ${elapsed} ms`,
    ratio: "",
    goal: `none missing, ${mostTwice} twice, lease + 5 s`,
    ok: missing === 0 && repeats <= mostTwice && elapsed <= LEASE_MS + 5_000,
  };
}
