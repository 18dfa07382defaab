/**
 * `npm run bench:collector`: ingestion beside a bare group commit and beside one drizzle INSERT a
 * request, all on one Postgres in one run. Rounds alternate, so that a busy machine is busy for all.
 */

import { readFile } from "node:fs/promises";
import { measureDeadDatabase } from "./dead-database.mjs";
import { load, startMachine, startServer } from "./machine.mjs";

const quick = process.argv.includes("--quick");
const SECONDS = quick ? 3 : 6;
const ROUNDS = quick ? 1 : 2;
/**
 * A server runs for days: the time in which the compiler works beside it is not measured. That
 * takes requests, not seconds: by seconds, who is slower would be measured colder.
 */
const WARM_UP_REQUESTS = 40_000;
/** Before each comparison, for connections, caches and tables to settle. */
const SETTLE_SECONDS = 5;
const TARGETS = [
  ["telltale", "target-telltale.mjs"],
  ["bare", "reference-bare.mjs"],
  ["naive", "reference-naive.mjs"],
];

const machine = await startMachine();
const servers = {};
for (const [name, file] of TARGETS) {
  const url = await machine.createDatabase();
  const env = { DATABASE_URL: url, DATA_DIR: `${machine.folder}/${name}`, NODE_ARGS: "" };
  servers[name] = { url, ...(await startServer(file, env)) };
}
const sql = machine.connect(servers.telltale.url);
await sql`UPDATE projects SET settings = settings || '{"rateLimits":
  {"requestsPerSecond": 1000000, "perAddressPerSecond": 1000000}}'`;
// The keys are remembered for ten seconds, with the old limits.
await new Promise((resolve) => setTimeout(resolve, 10_500));

async function measure(name, options) {
  const server = servers[name];
  const before = { server: await server.costs(), postgres: await machine.cpuOfPostgres() };
  const loaded = await load({ port: server.port, ...options });
  const after = { server: await server.costs(), postgres: await machine.cpuOfPostgres() };
  return {
    ...loaded,
    serverCpu: after.server.cpuSeconds - before.server.cpuSeconds,
    postgresCpu: after.postgres - before.postgres,
  };
}

const sum = (runs, key) => runs.reduce((total, run) => total + run[key], 0);
async function compare(options, rounds) {
  const runs = Object.fromEntries(TARGETS.map(([name]) => [name, []]));
  for (const [name] of TARGETS) await measure(name, { ...options, seconds: SETTLE_SECONDS });
  for (let round = 0; round < rounds; round += 1) {
    const order = round % 2 ? [...TARGETS].reverse() : TARGETS;
    for (const [name] of order) runs[name].push(await measure(name, options));
  }
  return Object.fromEntries(
    Object.entries(runs).map(([name, all]) => {
      const events = sum(all, "events");
      return [
        name,
        {
          rate: events / sum(all, "elapsed"),
          serverUs: (sum(all, "serverCpu") / events) * 1e6,
          postgresUs: (sum(all, "postgresCpu") / events) * 1e6,
          p50: sum(all, "p50") / all.length,
          p99: sum(all, "p99") / all.length,
          failures: sum(all, "failures"),
        },
      ];
    }),
  );
}

const whole = (value) => Math.round(value).toLocaleString("en-US");
function show(title, results) {
  console.log(`\n${title}`);
  for (const [name, one] of Object.entries(results)) {
    console.log(
      `  ${name.padEnd(9)} ${whole(one.rate).padStart(7)} events/s   ` +
        `${one.serverUs.toFixed(0).padStart(4)} + ${one.postgresUs.toFixed(0).padStart(3)} µs CPU an event   ` +
        `p50 ${one.p50.toFixed(1)} ms, p99 ${one.p99.toFixed(1)} ms${one.failures ? `   ${one.failures} FAILED` : ""}`,
    );
  }
}

const cpuOf = (one) => one.serverUs + one.postgresUs;

const loadAverage = (await readFile("/proc/loadavg", "utf8")).split(" ").slice(0, 3).join(" ");
console.log(
  `Load average before: ${loadAverage}; ${ROUNDS} rounds of ${SECONDS} s each, alternating`,
);

for (const [name] of TARGETS) {
  await load({ port: servers[name].port, events: 1, requests: quick ? 5_000 : WARM_UP_REQUESTS });
}
const many = await compare({ events: 20, seconds: SECONDS }, ROUNDS);
show("20 events a request, 64 connections", many);
const single = await compare({ events: 1, seconds: SECONDS }, ROUNDS);
show("1 event a request, 64 connections", single);
const light = await compare(
  { events: 1, seconds: SECONDS, perSecond: 100, connections: 16 },
  ROUNDS,
);
show("light load: 100 requests a second", light);

console.log("\nRatios");
const GOALS = [
  {
    label: "20 a request, against the bare group commit",
    value: many.telltale.rate / many.bare.rate,
    least: 0.8,
  },
  {
    label: "20 a request, against one INSERT a request",
    value: many.telltale.rate / many.naive.rate,
    least: 4,
  },
  {
    label: "CPU an event, against the bare group commit",
    value: cpuOf(many.telltale) / cpuOf(many.bare),
    most: 1.5,
  },
  {
    label: "1 a request, against the bare group commit",
    value: single.telltale.rate / single.bare.rate,
    least: 0.8,
  },
  {
    label: "1 a request, against one INSERT a request",
    value: single.telltale.rate / single.naive.rate,
    least: 8,
  },
  {
    label: "light load p50, against one plain commit",
    value: light.telltale.p50 / light.naive.p50,
    most: 1.3,
  },
];
// A rate of requests that failed is no rate.
let isMissed = [many, single, light].some(({ telltale }) => telltale.failures > 0);
for (const {
  label,
  value,
  least = Number.NEGATIVE_INFINITY,
  most = Number.POSITIVE_INFINITY,
} of GOALS) {
  const goal = Number.isFinite(least) ? `≥ ${least}` : `≤ ${most}`;
  const isMet = value >= least && value <= most;
  isMissed ||= !isMet;
  const outcome = isMet ? "met" : "NOT met";
  console.log(`  ${label.padEnd(48)} ${value.toFixed(2).padStart(6)}×   goal ${goal}   ${outcome}`);
}

const [size] = await sql`
  SELECT count(*)::int AS events,
    (SELECT sum(pg_total_relation_size(inhrelid)) FROM pg_inherits WHERE inhparent = 'events'::regclass)::float8 AS bytes,
    pg_total_relation_size('daily_usage')::float8 AS usage FROM events`;
console.log(
  `\n${whole(size.events)} events stored; ${(size.bytes / size.events).toFixed(0)} bytes an event with its index, ` +
    `${(size.usage / 1e6).toFixed(1)} MB of daily usage`,
);
const deadSeconds = quick ? 10 : 60;
const memory = await measureDeadDatabase(machine, deadSeconds);
console.log(
  `\n${deadSeconds} s of full load on a database that stands still: ${memory.overMb.toFixed(0)} MB over idle ` +
    `(${memory.idleMb.toFixed(0)} MB)   goal ≤ ${memory.boundMb} MB   ${memory.isMet ? "met" : "NOT met"};  ` +
    `${whole(memory.dead.failures)} requests refused, ${whole(memory.dead.events)} events taken, ` +
    `well again ${(memory.revivedMs / 1_000).toFixed(1)} s after`,
);
process.exitCode = isMissed || !memory.isMet ? 1 : 0;
await sql.end({ timeout: 2 });
for (const server of Object.values(servers)) await server.stop();
await machine.stop();
