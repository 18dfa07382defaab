/** What the benchmark needs on the machine. */

import { spawnSync } from "node:child_process";
import bundled from "@sparticuz/chromium";
import { chromium } from "playwright-core";
import { findChromium } from "../../scripts/find-chromium.mjs";

/** Installs the pinned rivals into their own folder, without running any script of theirs. */
export function npmInstall(folder) {
  const npm = process.platform === "win32" ? "npm.cmd" : "npm";
  const args = ["install", "--ignore-scripts", "--no-audit", "--no-fund", "--no-package-lock"];
  const { status } = spawnSync(npm, args, { cwd: folder, stdio: "inherit" });
  if (status !== 0) throw new Error("The rivals could not be installed.");
}

/** A real Chromium without a window: the one that `CHROMIUM_PATH` names, else the packaged one. */
export async function openBrowser() {
  const unwanted = ["--single-process", "--no-zygote", "--disable-web-security"];
  const installed = process.env.CHROMIUM_PATH;
  return chromium.launch({
    executablePath: await findChromium(),
    args: [
      ...(installed ? [] : bundled.args.filter((arg) => !unwanted.includes(arg))),
      ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
      "--disable-background-networking",
      "--disable-component-update",
      "--no-first-run",
    ],
  });
}
