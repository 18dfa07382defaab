import { execFile } from "node:child_process";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterEach, beforeEach, expect, it } from "vitest";

const MODULE = new URL("../../scripts/find-chromium.mjs", import.meta.url).href;
const PRINT_VERSION = `
  import { execFileSync } from "node:child_process";
  import { findChromium } from "${MODULE}";
  process.stdout.write(execFileSync(await findChromium(), ["--no-sandbox", "--version"]));`;

let empty: string;
beforeEach(async () => {
  empty = await mkdtemp(join(tmpdir(), "telltale-find-chromium-"));
});
afterEach(() => rm(empty, { recursive: true, force: true }));

/** Finds Chromium in a process of its own, on a machine that has none yet, and asks for its version. */
async function askVersion(): Promise<string> {
  const { CHROMIUM_PATH: _, ...env } = process.env;
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ["--input-type=module", "--eval", PRINT_VERSION],
    { env: { ...env, TMPDIR: empty } },
  );
  return stdout.trim();
}

it("unpacks Chromium for whoever asks at once, and leaves it there whole", async () => {
  const versions = await Promise.all([askVersion(), askVersion(), askVersion()]);
  expect(new Set(versions)).toEqual(new Set([expect.stringMatching(/^\S.* \d+\.\d+/)]));
  expect(await readdir(empty)).toEqual([expect.stringMatching(/^telltale-chromium-[\d.]+$/)]);
}, 120_000);
