/** `npm run build`: installs, compiles and bundles, each only when something changed since. */

import { build, checkNode, install } from "./workspace.mjs";

checkNode();
install();
build();
