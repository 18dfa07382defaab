/** `npm test`: installs, builds, and runs every test. Arguments go to Vitest. */

import { join } from "node:path";
import { build, checkNode, install, root, run } from "./workspace.mjs";

checkNode();
install();
build();
const vitest = join(root, "node_modules/vitest/vitest.mjs");
process.exit(run(process.execPath, [vitest, "run", ...process.argv.slice(2)]));
