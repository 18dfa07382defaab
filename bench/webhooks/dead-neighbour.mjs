import { createServer } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { median } from "./bench.mjs";

const COUNT = 1_000;

async function hangingUrl() {
  const server = createServer(() => {});
  server.unref();
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${server.address().port}/`;
}

/**
 * A thousand messages to a healthy endpoint, by turns in a database without and with a long queue
 * for a dead one. The endpoint is enabled when all is queued, so that only sending is timed.
 */
export async function deadNeighbours(bench) {
  const crowded = await bench.openSecondDatabase("crowded");
  const rows = [];
  for (const how of ["refuses", "hangs"]) rows.push(await deadNeighbour(bench, crowded, how));
  return rows;
}

async function deadNeighbour(bench, crowded, how) {
  const { dead, rounds } = bench.sizes;
  const { database } = bench;
  const receiver = await bench.startReceiver();
  const owner = await bench.openProject(crowded);
  const url = how === "refuses" ? "http://127.0.0.1:9/" : await hangingUrl();
  const { id: deadId } = await bench.openEndpoint(owner, url, crowded);
  await bench.queue(owner, deadId, { count: dead, sql: crowded.sql });

  const timed = async (own) => {
    const projectId = await bench.openProject(own);
    const { id } = await bench.openEndpoint(projectId, receiver.url, own);
    await own.sql`UPDATE webhook_endpoints SET status = 'disabled' WHERE id = ${id}`;
    await bench.queue(projectId, id, { count: COUNT, sql: own.sql });
    const loop = bench.openLoop(own);
    loop.start();
    await sleep(1_000);
    const arrived = receiver.nextCount((await receiver.state()).count + COUNT);
    const startedAt = performance.now();
    await own.sql`UPDATE webhook_endpoints SET status = 'enabled' WHERE id = ${id}`;
    await arrived;
    const elapsed = performance.now() - startedAt;
    await loop.stop();
    return elapsed;
  };

  await timed(database);
  const pairs = [];
  for (let n = 0; n < rounds; n += 1) pairs.push([await timed(database), await timed(crowded)]);
  await crowded.sql`UPDATE webhook_endpoints SET status = 'disabled'`;
  const ratio = median(pairs.map(([alone, beside]) => beside / alone));
  return {
    name: `${dead} to an endpoint that ${how}: delay of another`,
    telltale: `${Math.round(median(pairs.map(([, beside]) => beside)))} ms`,
    reference: `${Math.round(median(pairs.map(([alone]) => alone)))} ms`,
    ratio: ratio.toFixed(2),
    goal: "<= 1.20",
    ok: ratio <= 1.2,
  };
}
