/**
 * `node scripts/screenshots.mjs`: takes the pictures of the README from a fresh demo in a real
 * Chromium, the demo light and dark: `CHROMIUM_PATH` names an installed one, else the packaged one is used.
 */

import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import packaged from "@sparticuz/chromium";
import { chromium } from "playwright-core";
import { findChromium } from "./find-chromium.mjs";
import { build, checkNode, install, root } from "./workspace.mjs";

const folder = join(root, "docs", "images");
const VIEWPORT = { width: 1440, height: 900 };
/** Flags of the packaged Chromium that break a page with frames. */
const UNWANTED = new Set(["--single-process", "--no-zygote"]);
const FILL_TRIES = 240;
const PATIENCE_MS = 120_000;
const TELLTALE = join(root, "collector/bin/telltale.js");
const DASHBOARD = [
  ["book", "/dashboard"],
  ["account", "/dashboard/accounts/northwind-studio"],
  ["alerts", "/dashboard/alerts"],
];

async function findPort() {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const { port } = probe.address();
  probe.close();
  await once(probe, "close");
  return port;
}

async function startCollector(dataDir) {
  const port = await findPort();
  const env = {
    ...process.env,
    PORT: `${port}`,
    DATA_DIR: dataDir,
    LOG_LEVEL: "warn",
    TELLTALE_DEMO: "1",
  };
  const process_ = spawn(process.execPath, [TELLTALE, "serve"], {
    env,
    stdio: ["ignore", "ignore", "inherit"],
  });
  const url = `http://127.0.0.1:${port}`;
  for (let tries = 0; tries < FILL_TRIES; tries += 1) {
    await sleep(500);
    const live = await fetch(`${url}/demo/live`).then(
      (answer) => answer.json(),
      () => null,
    );
    if (live?.filledShare === 1 && live.health) return { url, env, process: process_ };
  }
  process_.kill();
  throw new Error("The demo did not come up within two minutes.");
}

async function openBrowser() {
  const executablePath = await findChromium();
  const args = process.env.CHROMIUM_PATH ? [] : packaged.args.filter((arg) => !UNWANTED.has(arg));
  if (process.getuid?.() === 0) args.push("--no-sandbox");
  return chromium.launch({ executablePath, args });
}

/** Uses the product until the question is on the screen, as a person would. */
async function walk(page, url) {
  await page.goto(`${url}/demo`);
  await page.locator("#again").click();
  const product = page.frameLocator("#product");
  await product.getByRole("button", { name: "Export" }).click();
  await product.getByRole("button", { name: "Schedule invoice 1047" }).click();
  await product.getByRole("link", { name: "Reports" }).click();
  await product.getByRole("button", { name: "Share with accountant" }).click();
  await product.getByRole("link", { name: "Invoices" }).click();
  await product.getByRole("button", { name: "Create invoice" }).click();
  await product.getByRole("button", { name: "Send invoice" }).click();
  await page.locator(".events li", { hasText: "Survey Shown" }).first().waitFor();
  await page.locator("#webhooks li", { hasText: "signature verified" }).first().waitFor();
  // The last change of the score, and the end of its highlight.
  await sleep(5_000);
}

async function signIn(page, env) {
  const said = execFileSync(process.execPath, [TELLTALE, "sign-in-link"], {
    env,
    encoding: "utf8",
  });
  await page.goto(/http\S+/.exec(said)[0]);
  await page.getByRole("heading", { name: "Book" }).waitFor();
}

async function takePicture(page, name) {
  const path = join(folder, `${name}.png`);
  await page.screenshot({ path });
  console.log(path);
}

checkNode();
install();
build();
mkdirSync(folder, { recursive: true });
const dataDir = mkdtempSync(join(tmpdir(), "telltale-screenshots-"));
const collector = await startCollector(dataDir);
const browser = await openBrowser();
// What bots do is not counted, and a Chromium without a window says that it is one.
const userAgent = `Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/${browser.version()} Safari/537.36`;
try {
  for (const colorScheme of ["light", "dark"]) {
    const page = await browser.newPage({ viewport: VIEWPORT, colorScheme, userAgent });
    page.setDefaultTimeout(PATIENCE_MS);
    await walk(page, collector.url);
    await takePicture(page, `demo-${colorScheme}`);
    await page.close();
  }
  const page = await browser.newPage({ viewport: VIEWPORT, colorScheme: "light" });
  await signIn(page, collector.env);
  for (const [name, path] of DASHBOARD) {
    await page.goto(`${collector.url}${path}`);
    await takePicture(page, `dashboard-${name}`);
  }
} finally {
  await browser.close();
  collector.process.kill("SIGTERM");
  await once(collector.process, "exit");
  rmSync(dataDir, { recursive: true, force: true });
}
