/** Memory of a collector whose database stands still under full load. */

import { load, startServer } from "./machine.mjs";

/** Most megabytes over idle. */
const BOUND_MB = 256;
/** A collector that is not well again by then is not well. */
const PATIENCE_MS = 30_000;

/**
 * Freezes Postgres, loads the collector meanwhile, and lets Postgres go on.
 *
 * @param {number} seconds of load
 */
export async function measureDeadDatabase(machine, seconds) {
  const url = await machine.createDatabase();
  const env = { DATABASE_URL: url, DATA_DIR: `${machine.folder}/dead`, NODE_ARGS: "" };
  const server = await startServer("target-telltale.mjs", env);
  const sql = machine.connect(url);
  await sql`UPDATE projects SET settings = settings || '{"rateLimits":
    {"requestsPerSecond": 1000000, "perAddressPerSecond": 1000000}}'`;
  await sql.end({ timeout: 2 });
  // So many that all of them together fill the backlog, and what is beyond it is refused.
  const request = { port: server.port, connections: 512, events: 100 };
  // Compiled code and caches are part of being idle.
  await load({ ...request, seconds: 3 });
  const idleMb = (await server.costs()).rssMb;
  let mostMb = idleMb;
  await machine.freezePostgres();
  let isLoading = true;
  const watching = (async () => {
    while (isLoading) {
      mostMb = Math.max(mostMb, (await server.costs()).rssMb);
      await new Promise((resolve) => setTimeout(resolve, 250));
    }
  })();
  const dead = await load({ ...request, seconds });
  isLoading = false;
  await watching;
  await machine.thawPostgres();
  let revivedMs = 0;
  for (const startedAt = performance.now(); ; ) {
    const { failures } = await load({ ...request, connections: 1, seconds: 0.2 });
    revivedMs = performance.now() - startedAt;
    if (failures === 0 || revivedMs > PATIENCE_MS) break;
  }
  await server.stop();
  const overMb = mostMb - idleMb;
  const isMet = overMb <= BOUND_MB && revivedMs <= PATIENCE_MS;
  return { idleMb, overMb, isMet, boundMb: BOUND_MB, dead, revivedMs };
}
