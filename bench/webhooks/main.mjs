/**
 * How fast are webhooks delivered, what does a dead endpoint cost the others, and what is left of
 * deliveries whose worker is killed? Real Postgres, real sockets, the receiver in its own process.
 *
 * `npm run bench:webhooks -- --messages 5000 --dead 100000`; names of parts run those alone:
 * `npm run bench:webhooks -- rate killed`.
 */

import { parseArgs } from "node:util";
import { openBench } from "./bench.mjs";
import { deadNeighbours } from "./dead-neighbour.mjs";
import { deliveryRate } from "./delivery-rate.mjs";
import { killedWorkers } from "./killed-workers.mjs";
import { latency } from "./latency.mjs";

const PARTS = { rate: deliveryRate, dead: deadNeighbours, latency, killed: killedWorkers };

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    messages: { type: "string", default: "4000" },
    dead: { type: "string", default: "100000" },
    killed: { type: "string", default: "200" },
    rounds: { type: "string", default: "5" },
  },
});
const unknown = positionals.filter((name) => !Object.hasOwn(PARTS, name));
if (unknown.length > 0) {
  const names = Object.keys(PARTS).join(", ");
  console.error(`There is no part ${unknown.join(", ")}; there are ${names}.`);
  process.exit(2);
}
const sizes = Object.fromEntries(Object.entries(values).map(([name, n]) => [name, Number(n)]));

const bench = await openBench(sizes);
let exitCode = 1;
try {
  const rows = [];
  for (const [name, part] of Object.entries(PARTS)) {
    if (positionals.length === 0 || positionals.includes(name)) rows.push(...(await part(bench)));
  }
  console.table(Object.fromEntries(rows.map(({ name, ...row }) => [name, row])));
  exitCode = rows.every((row) => row.ok) ? 0 : 1;
} finally {
  await bench.close();
}
process.exit(exitCode);
