/** `npm start`: installs, builds, and becomes `telltale serve`. Needs Node and npm, nothing else. */

import { build, checkNode, install } from "./workspace.mjs";

checkNode();
install();
build();
process.argv.splice(2, 0, "serve");
await import("../collector/dist/cli.js");
