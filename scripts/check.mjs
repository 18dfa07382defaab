/** `npm run check`: types, lint and import rules, dead code, sizes. All are run; any fault fails. */

import { join } from "node:path";
import { build, checkNode, install, root, run } from "./workspace.mjs";

checkNode();
install();

const bin = (path) => join(root, "node_modules", path);
const node = process.execPath;
const steps = [
  ["types", () => run(node, [bin("typescript/bin/tsc"), "-b"])],
  [
    "types of browser tests",
    () => run(node, [bin("typescript/bin/tsc"), "-p", "tsconfig.e2e.json"]),
  ],
  ["lint", () => run(node, [bin("@biomejs/biome/bin/biome"), "check", "--error-on-warnings", "."])],
  ["dead code", () => run(node, [bin("knip/bin/knip.js"), "--no-progress"])],
  ["sizes", checkSizes],
];

function checkSizes() {
  build();
  return run(node, [join(root, "scripts/check-sizes.mjs")]);
}

const failed = [];
for (const [name, step] of steps) {
  console.log(`\n— ${name}`);
  if (step() !== 0) failed.push(name);
}
console.log(failed.length > 0 ? `\nFailed: ${failed.join(", ")}` : "\nAll checks passed.");
process.exit(failed.length > 0 ? 1 : 0);
