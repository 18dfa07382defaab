/**
 * The sizing table of docs/scaling.md, from measured costs an event:
 * `node bench/collector/sizing.mjs <bytes> <server µs> <Postgres µs>`.
 */

const [bytes = 482, serverUs = 22, postgresUs = 18] = process.argv.slice(2).map(Number);
/** Traffic of a product peaks at about three times its mean. */
const PEAK = 3;
/** Share of a core that one plans to use. */
const PLANNED = 0.6;
const RETENTION_DAYS = 90;

const number = (value) =>
  value.toLocaleString("en-US", { maximumFractionDigits: value < 10 ? 1 : 0 });
const size = (value) =>
  value >= 1e12
    ? `${number(value / 1e12)} TB`
    : value >= 1e9
      ? `${number(value / 1e9)} GB`
      : `${number(value / 1e6)} MB`;

console.log(
  `| events a day | a second, peak | server cores | Postgres cores | disk a day | disk, ${RETENTION_DAYS} days |`,
);
console.log("|---|---|---|---|---|---|");
for (const [name, events] of [
  ["1 M", 1e6],
  ["100 M", 1e8],
  ["10 G", 1e10],
]) {
  const peak = (events / 86_400) * PEAK;
  const cores = (us) => number(Math.max(0.1, (peak * us) / 1e6 / PLANNED));
  const disk = events * bytes;
  console.log(
    `| ${name} | ${number(peak)} | ${cores(serverUs)} | ${cores(postgresUs)} | ${size(disk)} | ${size(disk * RETENTION_DAYS)} |`,
  );
}
