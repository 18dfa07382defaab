/**
 * `node bench/sdk/weights.mjs`, after a build: what the modules of the SDK's core weigh. A row says by
 * how many bytes of gzip the bundle shrinks when the module is empty, so that what it alone imports is
 * gone too, and what gzip finds twice is in no row: the rows don't add up to the whole.
 */

import { createRequire } from "node:module";
import { dirname, join, relative } from "node:path";
import { gzipSync } from "node:zlib";

const sdk = join(import.meta.dirname, "../../sdk");
const { rollup } = createRequire(join(sdk, "package.json"))("rollup");
const { default: bundles } = await import(join(sdk, "rollup.config.js"));
const [core] = bundles;
const input = join(sdk, core.input);
const folder = dirname(input);

/** Builds the core as it is shipped, with one of its modules empty. */
async function buildWithout(emptied) {
  const empty = { name: "empty", load: (id) => (id === emptied ? "export {};" : null) };
  const bundle = await rollup({
    ...core,
    input,
    plugins: [empty, ...core.plugins],
    shimMissingExports: true,
    onLog() {},
  });
  const { output } = await bundle.generate({ ...core.output, file: undefined });
  return { bytes: gzipSync(output[0].code, { level: 9 }).length, modules: bundle.watchFiles };
}

const whole = await buildWithout(null);
const rows = [];
for (const module of whole.modules) {
  // What starts the client, and the client, are the whole.
  if (!module.startsWith(folder) || module === input || module.endsWith("/client.js")) continue;
  const { bytes } = await buildWithout(module);
  rows.push([relative(folder, module), whole.bytes - bytes]);
}
rows.sort(([, a], [, b]) => b - a);
console.log(`\nThe core, ${whole.bytes} B of gzip; without a module it is smaller by`);
for (const [module, bytes] of rows) console.log(`${String(bytes).padStart(6)} B  ${module}`);
