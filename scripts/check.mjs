/** `npm run check`: types, lint and import rules, dead code, sizes. All are run; any fault fails. */

import { spawn } from "node:child_process";
import { join } from "node:path";
import { build, checkNode, install, root, run } from "./workspace.mjs";

checkNode();
install();

const bin = (path) => join(root, "node_modules", path);
const node = process.execPath;

/** Runs a tool and shows what it said once it is done: tools that run at once keep their lines apart. */
function step(name, tool, ...args) {
  return async () => {
    const child = spawn(node, [bin(tool), ...args], { cwd: root });
    const said = [];
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (part) => said.push(part));
    const exitCode = await new Promise((resolve) => child.once("close", resolve));
    process.stdout.write(`\n— ${name}\n${Buffer.concat(said)}`);
    return exitCode === 0 ? [] : [name];
  };
}

async function checkSizes() {
  console.log("\n— sizes");
  build();
  return run(node, [join(root, "scripts/check-sizes.mjs")]) === 0 ? [] : ["sizes"];
}

/** @returns the names of the steps that found something */
async function inOrder(...steps) {
  const failed = [];
  for (const one of steps) failed.push(...(await one()));
  return failed;
}

const typescript = "typescript/bin/tsc";
// Two at once, as most machines have two cores; none of the second kind needs what the first writes.
const found = await Promise.all([
  inOrder(
    step("types", typescript, "-b"),
    step("types of browser tests", typescript, "-p", "tsconfig.e2e.json"),
  ),
  inOrder(
    step("lint", "@biomejs/biome/bin/biome", "check", "--error-on-warnings", "."),
    step("dead code", "knip/bin/knip.js", "--no-progress"),
  ),
]);
const failed = [...found.flat(), ...(await checkSizes())];
console.log(failed.length > 0 ? `\nFailed: ${failed.join(", ")}` : "\nAll checks passed.");
process.exit(failed.length > 0 ? 1 : 0);
