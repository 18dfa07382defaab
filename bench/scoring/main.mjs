/**
 * `npm run bench:scoring`: the pure engine against one pass over the same numbers, growth, one account, and whether it
 * finds the hazard of a simulated book. `npm run bench:scoring -- FILE.csv.gz` judges calibration on churn data of your own.
 */

import { calibrationTable } from "./calibration.mjs";
import { hazardTable } from "./hazard.mjs";
import { oneAccountTable } from "./one-account.mjs";
import { rescoreTable } from "./rescore.mjs";

const file = process.argv[2];
const tables = file ? [() => calibrationTable(file)] : [rescoreTable, oneAccountTable, hazardTable];
let isMissed = false;
for (const table of tables) {
  const { title, rows } = await table();
  console.log(`\n${title}`);
  console.table(rows);
  isMissed ||= rows.some((row) => row.reached === "no");
}
process.exit(isMissed ? 1 : 0);
