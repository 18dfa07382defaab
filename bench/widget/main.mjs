/**
 * The widget against a floor written by hand, in the same run: time from the trigger to a visible
 * question, CPU spent until half a second after it, layout shift, all with the CPU slowed by 4; and sizes.
 */

import packaged from "@sparticuz/chromium";
import { chromium } from "playwright-core";
import { findChromium } from "../../scripts/find-chromium.mjs";
import { servePages } from "./pages.mjs";
import { printSizes } from "./sizes.mjs";

const ROUNDS = Number(process.argv[2] ?? 15);
const SLOWDOWN = 4;
/** Until a question stands, with all that comes after it. */
const SETTLE_MS = 500;
/**
 * Until a fresh page is at rest: a second after it came, Chromium takes down what showed the empty page
 * before it, which costs 15 to 30 ms and would fall into the measured time.
 */
const REST_MS = 2_000;
const NAMES = ["nothing", "floor", "widget"];
/** Flags of the packaged Chromium that break contexts. */
const UNWANTED = new Set(["--single-process", "--no-zygote"]);

const executablePath = await findChromium();
const args = process.env.CHROMIUM_PATH ? [] : packaged.args.filter((arg) => !UNWANTED.has(arg));
const browser = await chromium.launch({ executablePath, args: [...args, "--no-first-run"] });
const pages = await servePages();

/** One fresh page, one trigger. */
async function measure(name) {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  const cdp = await page.context().newCDPSession(page);
  // Thread time, so that other work of the machine does not count.
  await cdp.send("Performance.enable", { timeDomain: "threadTicks" });
  await cdp.send("Emulation.setCPUThrottlingRate", { rate: SLOWDOWN });
  await page.goto(pages.origin);
  await page.waitForFunction(() => window.measure);
  await page.waitForTimeout(REST_MS);
  const cpu = async () => {
    const { metrics } = await cdp.send("Performance.getMetrics");
    return metrics.find((metric) => metric.name === "TaskDuration").value * 1_000;
  };
  const before = await cpu();
  const visibleMs = await page.evaluate((which) => window.measure(which), name);
  await page.waitForTimeout(SETTLE_MS);
  const cpuMs = (await cpu()) - before;
  const shift = await page.evaluate(() => window.shift);
  await page.context().close();
  return { visibleMs, cpuMs, shift };
}

function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}

const samples = { nothing: [], floor: [], widget: [] };
// In turns, so that a slow moment of the machine meets all alike.
for (let round = 0; round <= ROUNDS; round += 1) {
  for (const name of NAMES) {
    const sample = await measure(name);
    if (round > 0) samples[name].push(sample);
  }
}
await browser.close();
await pages.close();

const toMs = (value) => `${value.toFixed(0)} ms`;
const of = (name, key) => median(samples[name].map((sample) => sample[key]));
console.log(`CPU slowed by ${SLOWDOWN}, medians of ${ROUNDS} fresh pages\n`);
console.log("           visible after    CPU time    of its own    layout shift");
for (const name of NAMES) {
  const shift = Math.max(...samples[name].map((sample) => sample.shift));
  const own = of(name, "cpuMs") - of("nothing", "cpuMs");
  const cells =
    name === "nothing"
      ? ["—", toMs(of(name, "cpuMs")), "—"]
      : [toMs(of(name, "visibleMs")), toMs(of(name, "cpuMs")), toMs(own)];
  const [visible, cpu, ownCpu] = cells;
  console.log(
    `${name.padEnd(9)} ${visible.padStart(14)} ${cpu.padStart(11)} ${ownCpu.padStart(13)} ${String(shift).padStart(15)}`,
  );
}
const ratio = (key) => (of("widget", key) / of("floor", key)).toFixed(2);
console.log(`\nwidget : floor   ${ratio("visibleMs")} × visible, ${ratio("cpuMs")} × CPU time\n`);
printSizes();
