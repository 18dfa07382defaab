/**
 * `npm run faults`: injects the faults of Telltale's list into real processes, a line each, and ends
 * with 1 unless all are survived. Ids run those alone: `npm run faults -- F04 F10`. Everything
 * stays on this machine. After each injection that stored events, daily usage must equal a recount.
 */

import { setTimeout as sleep } from "node:timers/promises";
import { recountUsage } from "../../collector/dist/operations/recount-usage.js";
import { startMachine } from "../collector/machine.mjs";
import { createArenas } from "./arena.mjs";
import { bodyFaults } from "./body-faults.mjs";
import { databaseFaults } from "./database-faults.mjs";
import { doorFaults } from "./door-faults.mjs";
import { floodFaults } from "./flood-faults.mjs";
import { personFaults } from "./person-faults.mjs";
import { poisonFaults } from "./poison-faults.mjs";
import { processFaults } from "./process-faults.mjs";
import { receiverFaults } from "./receiver-faults.mjs";
import { runTests, testedFaults } from "./tested-faults.mjs";
import { webhookFaults } from "./webhook-faults.mjs";
import { wordsFaults } from "./words-faults.mjs";

/** An injection that hangs must not keep the others from their lines. */
const LONGEST_MS = 300_000;

const wanted = process.argv.slice(2);
const isWanted = (title) => wanted.length === 0 || wanted.some((id) => title.startsWith(id));
const INJECTIONS = {
  ...processFaults,
  ...databaseFaults,
  ...bodyFaults,
  ...doorFaults,
  ...floodFaults,
  ...personFaults,
  ...poisonFaults,
  ...receiverFaults,
  ...webhookFaults,
  ...wordsFaults,
};
const ALL = [...Object.keys(INJECTIONS), ...Object.keys(testedFaults)];
const injections = Object.entries(INJECTIONS).filter(([title]) => isWanted(title));
const tested = Object.entries(testedFaults).filter(([title]) => isWanted(title));

const nothing = wanted.filter((id) => !ALL.some((title) => title.startsWith(id)));
if (nothing.length > 0) {
  console.error(`There is no fault ${nothing.join(", ")}; they are F01 to F50.`);
  process.exit(2);
}

/** By title: what was seen, in parts, each good or not. */
const seen = new Map();
const left = new Map();
for (const [title] of [...injections, ...tested]) left.set(title, (left.get(title) ?? 0) + 1);

/** Prints a fault's line as soon as all its parts are known. */
function note(title, isGood, figure) {
  const parts = seen.get(title) ?? [];
  seen.set(title, parts);
  parts.push({ isGood, figure });
  if (parts.length < left.get(title)) return;
  const verdict = parts.every((part) => part.isGood) ? "ok" : "NOT ok";
  console.log(`${title}: ${parts.map((part) => part.figure).join("; ")}: ${verdict}`);
}

async function inject(arenas, [title, injection]) {
  const arena = await arenas.open();
  try {
    const tooLong = sleep(LONGEST_MS, null, { ref: false }).then(() => {
      throw new Error(`no result after ${LONGEST_MS / 1_000} s`);
    });
    const [isGood, figure] = await Promise.race([injection(arena), tooLong]);
    const [difference] = await recountUsage(arena.sql);
    if (!difference) return note(title, isGood, figure);
    note(title, false, `${figure}; usage differs from a recount: ${JSON.stringify(difference)}`);
  } catch (error) {
    note(title, false, `the injection failed: ${error.stack.split("\n").slice(0, 3).join(" ")}`);
  } finally {
    await arena.close();
  }
}

const startedAt = performance.now();
if (injections.length > 0) {
  const machine = await startMachine();
  // Postgres lives in a process group of its own: Ctrl-C would leave it running.
  for (const signal of ["SIGINT", "SIGTERM"]) {
    process.once(signal, () => machine.stop().finally(() => process.exit(130)));
  }
  try {
    const arenas = await createArenas(machine);
    const inOrder = injections.sort(([a], [b]) => (a < b ? -1 : 1));
    for (const injection of inOrder) await inject(arenas, injection);
    await arenas.close();
  } finally {
    await machine.stop();
  }
}
await runTests(tested, note);

const survived = [...seen.values()].filter((parts) => parts.every(({ isGood }) => isGood)).length;
const seconds = ((performance.now() - startedAt) / 1_000).toFixed(0);
console.log(`${survived} of ${left.size} faults survived, in ${seconds} s`);
process.exit(survived === left.size ? 0 : 1);
