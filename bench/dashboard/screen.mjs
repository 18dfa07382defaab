/**
 * A real Chromium that looks at pages and tells when their largest part was painted and whether
 * anything jumped: `CHROMIUM_PATH` names an installed one, else the packaged one is used.
 */

import { once } from "node:events";
import { createServer } from "node:http";
import packaged from "@sparticuz/chromium";
import { chromium } from "playwright-core";
import { findChromium } from "../../scripts/find-chromium.mjs";

/** Flags of the packaged Chromium that break a page with frames. */
const UNWANTED = new Set(["--single-process", "--no-zygote"]);
/** How long a page is watched after its first paint, and how long that is waited for. */
const SETTLE_MS = 150;
const PATIENCE_MS = 3_000;

/** Serves the app on a free port, for the browser alone. */
async function listen(app) {
  const server = createServer(async (request, response) => {
    const url = `http://${request.headers.host}${request.url}`;
    const answer = await app.request(url, { headers: request.headers });
    response.writeHead(answer.status, Object.fromEntries(answer.headers));
    response.end(Buffer.from(await answer.arrayBuffer()));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return server;
}

/** Runs in the page: the largest paint in milliseconds, and the sum of the layout shifts. */
function measurePage([settleMs, patienceMs]) {
  return new Promise((resolve) => {
    const done = () => setTimeout(() => resolve({ paintMs, shift }), settleMs);
    setTimeout(done, patienceMs);
    let paintMs = 0;
    let shift = 0;
    new PerformanceObserver((list) => {
      paintMs = list.getEntries().at(-1).startTime;
      done();
    }).observe({ type: "largest-contentful-paint", buffered: true });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) shift += entry.value;
    }).observe({ type: "layout-shift", buffered: true });
  });
}

export async function openScreen(app, cookie) {
  const server = await listen(app);
  const origin = `http://127.0.0.1:${server.address().port}`;
  const executablePath = await findChromium();
  const args = process.env.CHROMIUM_PATH ? [] : packaged.args.filter((arg) => !UNWANTED.has(arg));
  if (process.getuid?.() === 0) args.push("--no-sandbox");
  const browser = await chromium.launch({ executablePath, args });
  const [name, ...value] = cookie.split("=");
  return {
    /** Looks at a page with an empty cache. */
    async look(path) {
      const context = await browser.newContext({ viewport: { width: 1_440, height: 900 } });
      await context.addCookies([{ name, value: value.join("="), url: origin }]);
      const page = await context.newPage();
      const response = await page.goto(`${origin}${path}`, { waitUntil: "load" });
      if (response?.status() !== 200) throw new Error(`${path} answered ${response?.status()}`);
      const seen = await page.evaluate(measurePage, [SETTLE_MS, PATIENCE_MS]);
      await context.close();
      return seen;
    },
    async close() {
      await browser.close();
      server.closeAllConnections();
      server.close();
    },
  };
}
