/**
 * `npm run bench:growth -- [million events] [million events]`: ingestion into a small and into a large
 * database, by turns in one run; the goal is that the large one takes events as fast, within a
 * fifth. Default: 1 and 10 million. Fifty million take about half an hour to fill, and 30 GB.
 */

import { load, startMachine, startServer } from "../collector/machine.mjs";
import { fill } from "./fill.mjs";

const [small = 1, large = 10] = process.argv.slice(2).map(Number);
const SECONDS = 6;
const ROUNDS = 3;
const EVENTS_A_REQUEST = 20;

const machine = await startMachine();
const sizes = [small, large];
const targets = [];
const whole = (value) => Math.round(value).toLocaleString("en-US");
for (const millions of sizes) {
  const url = await machine.createDatabase();
  const env = { DATABASE_URL: url, DATA_DIR: `${machine.folder}/${millions}`, NODE_ARGS: "" };
  const server = await startServer("target-telltale.mjs", env);
  const sql = machine.connect(url);
  await sql`UPDATE projects SET settings = settings || '{"maxAccounts": 1000000, "rateLimits":
    {"requestsPerSecond": 1000000, "perAddressPerSecond": 1000000}}'`;
  const startedAt = performance.now();
  await fill(sql, millions * 1e6, (done) => {
    if (process.stdout.isTTY) process.stdout.write(`\r${whole(done)} events filled`);
  });
  const seconds = ((performance.now() - startedAt) / 1_000).toFixed(0);
  console.log(`\r${whole(millions * 1e6)} events filled in ${seconds} s`);
  targets.push({ millions, server, sql, events: 0, elapsed: 0, cpuSeconds: 0, failures: 0 });
}
// The keys are remembered for ten seconds, with the old limits.
await new Promise((resolve) => setTimeout(resolve, 10_500));

const request = { events: EVENTS_A_REQUEST };
for (const { server } of targets) await load({ port: server.port, ...request, seconds: 2 });
for (let round = 0; round < ROUNDS; round += 1) {
  for (const target of round % 2 ? [...targets].reverse() : targets) {
    const before = await machine.cpuOfPostgres();
    const loaded = await load({ port: target.server.port, ...request, seconds: SECONDS });
    target.events += loaded.events;
    target.elapsed += loaded.elapsed;
    target.failures += loaded.failures;
    target.cpuSeconds += (await machine.cpuOfPostgres()) - before;
  }
}
for (const target of targets) {
  target.rate = target.events / target.elapsed;
  target.postgresUs = (target.cpuSeconds / target.events) * 1e6;
  const [{ count }] = await target.sql`SELECT count(*)::int AS count FROM events`;
  console.log(
    `  ${whole(count).padStart(12)} events stored   ${whole(target.rate).padStart(7)} events/s   ` +
      `${target.postgresUs.toFixed(0).padStart(4)} µs of Postgres an event` +
      `${target.failures ? `   ${target.failures} FAILED` : ""}`,
  );
}
const [first, last] = targets;
const ratio = last.rate / first.rate;
console.log(
  `  ${`${large} M against ${small} M stored events`.padEnd(48)} ${ratio.toFixed(2).padStart(6)}×   goal ≥ 0.8   ${ratio >= 0.8 ? "met" : "NOT met"}`,
);
for (const { server, sql } of targets) {
  await sql.end({ timeout: 2 });
  await server.stop();
}
await machine.stop();
