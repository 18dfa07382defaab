/**
 * `npm run bench`: the benchmarks, each as ratios beside a reference of the same run.
 * `npm run bench:NAME` runs one; `npm run faults` runs the fault injection.
 */

import { existsSync } from "node:fs";
import { join } from "node:path";
import { build, checkNode, install, root, run } from "./workspace.mjs";

/** What `npm run bench` runs, in this order; the others take long or need more packages. */
const ALL = ["scoring", "nightly", "collector", "webhooks", "dashboard", "prompts"];

checkNode();
install();
build();
const [name, ...args] = process.argv.slice(2);
let exitCode = 0;
for (const one of name ? [name] : ALL) {
  const entry = join(root, "bench", one, "main.mjs");
  if (!existsSync(entry)) {
    console.error(`There is no benchmark ${one}.`);
    process.exit(2);
  }
  console.log(`\n— ${one}`);
  exitCode = run(process.execPath, [entry, ...args]) || exitCode;
}
process.exit(exitCode);
