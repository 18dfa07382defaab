/**
 * `npm run bench:sdk`: the browser SDK beside its rivals, in a real Chromium, in one run.
 *
 * Main-thread CPU time, not wall time; medians; the trackers run side by side, so that a busy moment
 * of the machine hits all alike; an empty script is measured as well and taken off. Loading ends with the
 * page view of each tracker sent and answered.
 */

import { existsSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { npmInstall, openBrowser } from "./setup.mjs";

const LOADS = Number(process.argv[2] ?? 15);
const TRACKS = 5;

const here = import.meta.dirname;
if (!existsSync(join(here, "node_modules/.package-lock.json"))) npmInstall(here);
const { createTrackers } = await import("./trackers.mjs");
const { openServer } = await import("./server.mjs");
const { measureLoad, measureTrack, measureTraffic, measureWrites } = await import("./measure.mjs");

const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
const server = await openServer();
const browser = await openBrowser();
const trackers = await createTrackers(server.origin);
const empty = { name: "empty script", code: "", start: "", track: "" };
for (const [index, tracker] of [empty, ...trackers].entries()) {
  tracker.path = `/tracker-${index}.js`;
  server.scripts.set(tracker.path, tracker.code);
  for (const [path, code] of Object.entries(tracker.more ?? {})) server.scripts.set(path, code);
  tracker.loads = [];
  tracker.tracks = [];
}

const all = [empty, ...trackers];
/** Measures all trackers side by side: CPU time of a thread is its own, whoever else runs. */
async function measureAll(measure, times, collect) {
  for (let time = 0; time < times; time++) {
    const results = await Promise.all(all.map((tracker) => measure(browser, server, tracker)));
    for (const [index, result] of results.entries()) collect(all[index]).push(result);
    process.stderr.write(`\r${measure.name} ${time + 1}/${times}   `);
  }
}
await measureAll(measureLoad, LOADS, ({ loads }) => loads);
await measureAll(measureTrack, TRACKS, ({ tracks }) => tracks);
for (const tracker of trackers) tracker.traffic = await measureTraffic(browser, server, tracker);
const writes = await measureWrites(browser, server, trackers[0]);
process.stderr.write("\r                    \r");
await browser.close();
server.close();

const base = {
  sync: median(empty.loads.map(({ syncMs }) => syncMs)),
  total: median(empty.loads.map(({ totalMs }) => totalMs)),
  call: median(empty.tracks.map(({ callUs }) => callUs)),
  allIn: median(empty.tracks.map(({ allInUs }) => allInUs)),
};
const rows = trackers.map(({ name, code, loads, tracks, traffic }) => ({
  name,
  gzip: gzipSync(code, { level: 9 }).length,
  sync: median(loads.map(({ syncMs }) => syncMs)) - base.sync,
  total: median(loads.map(({ totalMs }) => totalMs)) - base.total,
  call: median(tracks.map(({ callUs }) => callUs)) - base.call,
  allIn: median(tracks.map(({ allInUs }) => allInUs)) - base.allIn,
  ...traffic,
}));
const [ours, prototype, umami] = rows;

const columns = [
  ["tracker", 15, ({ name }) => name],
  ["gzip B", 8, ({ gzip }) => gzip],
  ["sync ms", 8, ({ sync }) => sync.toFixed(1)],
  ["total ms", 9, ({ total }) => total.toFixed(1)],
  ["of ours", 8, ({ total }) => (total / ours.total).toFixed(2)],
  ["call µs", 8, ({ call }) => call.toFixed(0)],
  ["all-in µs", 10, ({ allIn }) => allIn.toFixed(0)],
  ["requests", 9, ({ requests }) => requests],
  ["preflights", 11, ({ preflights }) => preflights],
  ["bytes", 7, ({ bytes }) => bytes],
];
const line = (cells) =>
  cells.map((cell, index) => String(cell).padStart(columns[index][1])).join(" ");
console.log(
  `Load and start: main-thread CPU × 4, medians of ${LOADS} loads, an empty script taken off.`,
);
console.log("The total ends with the page view of each sent and answered.");
console.log("Requests and bytes: one page view and 20 events, without the script itself.\n");
console.log(line(columns.map(([title]) => title)));
for (const row of rows) console.log(line(columns.map(([, , read]) => read(row))));
const silent = rows.filter(({ requests }) => requests === 0).map(({ name }) => name);
if (silent.length > 0) console.log(`\nNot comparable, as they sent nothing: ${silent.join(", ")}`);
console.log(`
with what an empty script costs (${base.sync.toFixed(1)} / ${base.total.toFixed(1)} ms): ${((ours.total + base.total) / (umami.total + base.total)).toFixed(2)} × Umami, ${((ours.total + base.total) / (prototype.total + base.total)).toFixed(2)} × the bare prototype
storage at 1,000 queued: ${writes.length} writes, median ${(median(writes) * 1_000).toFixed(0)} µs, longest ${Math.max(...writes).toFixed(2)} ms
track() beside the bare prototype: the call ${(ours.call / prototype.call).toFixed(2)} ×, all-in ${(ours.allIn / prototype.allIn).toFixed(2)} ×
`);

/** Beside what can't be told from an empty script there is no ratio. */
const ratio = (own, reference) => (reference > 0 ? own / reference : Number.NaN);
const GOALS = [
  ["core, gzip B", ours.gzip, 4_000],
  ["load + start, total, × Umami", ratio(ours.total, umami.total), 0.9],
  ["load + start, total, × the bare prototype", ratio(ours.total, prototype.total), 1.2],
  ["load + start, sync, × Umami", ratio(ours.sync, umami.sync), 0.9],
  ["load + start, sync, × the bare prototype", ratio(ours.sync, prototype.sync), 1.2],
  ["track(), the call, µs", ours.call, 10],
  ["track(), all-in, µs", ours.allIn, 80],
  ["writes over 1 ms at 1,000 queued", writes.filter((ms) => ms > 1).length, 0],
];
for (const [label, value, most] of GOALS) {
  const verdict = Number.isNaN(value) ? "lost in noise" : value <= most ? "met" : "NOT met";
  console.log(`${label.padEnd(44)} ${value.toFixed(2).padStart(8)}   goal ≤ ${most}   ${verdict}`);
}
// Who sends nothing is quick, and nothing measured is no goal met.
const isComparable = silent.length === 0 && writes.length > 0;
const isMet = isComparable && GOALS.every(([, value, most]) => value <= most);
process.exitCode = isMet ? 0 : 1;
