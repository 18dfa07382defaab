import bundled from "@sparticuz/chromium";
import { type Browser, chromium, type LaunchOptions } from "playwright-core";
import { findChromium } from "../../scripts/find-chromium.mjs";

/**
 * The packaged flags are for one-process sandboxes in the cloud: the first two break contexts, the
 * next two let pages do what no visitor's browser would, the last emulate a graphics card, which
 * triples what a frame costs.
 */
const UNWANTED = new Set([
  "--single-process",
  "--no-zygote",
  "--disable-web-security",
  "--allow-running-insecure-content",
  "--ignore-gpu-blocklist",
  "--in-process-gpu",
  "--use-gl=angle",
  "--use-angle=swiftshader",
  "--enable-unsafe-swiftshader",
]);

const QUIET = [
  "--disable-gpu",
  "--disable-background-networking",
  "--disable-component-update",
  "--no-first-run",
];

/**
 * Starts a real Chromium without a window: the installed one that `CHROMIUM_PATH` names, else the one
 * from an npm package. The caller closes it.
 *
 * @param options - of Playwright, for what the packaged flags leave open
 */
export async function launchChromium(options: LaunchOptions = {}): Promise<Browser> {
  const isRoot = process.getuid?.() === 0;
  const args = [...QUIET, ...(isRoot ? ["--no-sandbox"] : []), ...(options.args ?? [])];
  const executablePath = await findChromium();
  if (process.env.CHROMIUM_PATH) return chromium.launch({ ...options, executablePath, args });
  return chromium.launch({
    ...options,
    executablePath,
    args: [...bundled.args.filter((arg) => !UNWANTED.has(arg)), ...args],
  });
}
