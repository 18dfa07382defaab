/** Where tests, benchmarks and pictures find their Chromium. */

import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { mkdtemp, rename, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { root } from "./workspace.mjs";

const manifest = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
const version = manifest.devDependencies["@sparticuz/chromium"];
/** The package unpacks into the folder for temporary files, so it gets one of its own there. */
const UNPACK = `import packaged from "@sparticuz/chromium"; await packaged.executablePath();`;

/**
 * The executable of the Chromium that `CHROMIUM_PATH` names, else of the one from an npm package, which
 * is unpacked on its first use and kept among the temporary files. Several processes may ask at once,
 * and one that is cut off leaves nothing half done: an executable is there as a whole or not at all.
 *
 * @returns {Promise<string>} an absolute path
 * @throws {Error} when it can't be unpacked
 */
export async function findChromium() {
  return process.env.CHROMIUM_PATH ?? (await unpackChromium());
}

async function unpackChromium() {
  const folder = join(tmpdir(), `telltale-chromium-${version}`);
  const executable = join(folder, "chromium");
  if (existsSync(executable)) return executable;
  const own = await mkdtemp(`${folder}-`);
  try {
    const child = spawn(process.execPath, ["--input-type=module", "--eval", UNPACK], {
      cwd: root,
      env: { ...process.env, TMPDIR: own, TMP: own, TEMP: own },
      stdio: ["ignore", "ignore", "inherit"],
    });
    const [exitCode] = await once(child, "close");
    if (exitCode !== 0) throw new Error(`Chromium could not be unpacked into ${own}.`);
    // Whoever comes second finds the folder full, and uses what is in it.
    await rename(own, folder).catch((error) => {
      if (!existsSync(executable)) throw error;
    });
  } finally {
    await rm(own, { recursive: true, force: true });
  }
  return executable;
}
