/**
 * One nightly run in a process of its own, which says what it took:
 * `run-nightly.mjs URL PROJECT time` for the time and the most memory that the process ever had,
 * `… live` (with --expose-gc) for what is still reachable after a collection, at its most.
 */

import { createDatabase } from "../../collector/dist/db/client.js";
import { findProject } from "../../collector/dist/projects/find-project.js";
import { runNightly } from "../../collector/dist/scores/nightly.js";
import { rescoreAccounts } from "../../collector/dist/scores/rescore-accounts.js";

const [url, projectId, wanted] = process.argv.slice(2);
const LOOK_EVERY_MS = 100;
const database = createDatabase(url);
const project = await findProject(database.sql, projectId);
const deps = { sql: database.sql, publicUrl: "http://127.0.0.1" };

function liveMegabytes() {
  globalThis.gc();
  const { heapUsed, external } = process.memoryUsage();
  return (heapUsed + external) / 1e6;
}

/** The most that was reachable at any look, beside what was before the run began. */
async function watchLive(run) {
  const before = liveMegabytes();
  let peak = 0;
  const watch = setInterval(() => {
    peak = Math.max(peak, liveMegabytes());
  }, LOOK_EVERY_MS);
  await run();
  clearInterval(watch);
  return { before, peak };
}

async function takeTime(run) {
  const startedAt = performance.now();
  await run();
  const ms = performance.now() - startedAt;
  return { ms, residentMb: process.resourceUsage().maxRSS / 1e3, oneMs: await timeOne() };
}

/** The median of 20 accounts scored alone, each after the other. */
async function timeOne() {
  const single = [];
  for (let i = 1; i <= 20; i += 1) {
    const begin = performance.now();
    const id = `account-${String(i).padStart(6, "0")}`;
    await rescoreAccounts(deps, project, [id], { now: Date.now() });
    single.push(performance.now() - begin);
  }
  return single.sort((a, b) => a - b)[10];
}

const nightly = () => runNightly(deps, project, Date.now());
const result = wanted === "live" ? await watchLive(nightly) : await takeTime(nightly);
console.log(JSON.stringify(result));
await database.close();
