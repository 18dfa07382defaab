import { readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { parseConfig } from "../src/config.ts";
import { createDatabase, type Database } from "../src/db/client.ts";
import { type RunningCollector, serve } from "../src/serve.ts";
import { launchChromium } from "./chromium.ts";
import { createTestDatabase } from "./database.ts";

const axeSource = readFileSync(
  createRequire(import.meta.url).resolve("axe-core/axe.min.js"),
  "utf8",
);

/** A running collector with somebody signed in to its dashboard. */
export interface DashboardBrowser {
  collector: RunningCollector;
  database: Database;
  page: Page;
  context: BrowserContext;
  /** What the browser complained about: errors of scripts and of the security policy. */
  faults: string[];
  goto(path: string): Promise<void>;
  rest<T>(method: string, path: string, body?: unknown): Promise<T>;
  close(): Promise<void>;
}

/** The keys that {@link openDashboard} gives its first project. */
export const WRITE_KEY = "wk_dashboard_test_key";
export const SECRET_KEY = "sk_dashboard_test_key";

/** Starts a collector on a database of its own, and a browser that followed its sign-in link. */
export async function openDashboard(content: "demo" | "empty"): Promise<DashboardBrowser> {
  const test = await createTestDatabase();
  const folder = await mkdtemp(join(tmpdir(), "telltale-dashboard-"));
  const collector = await serve(
    parseConfig({
      DATABASE_URL: test.url,
      DATA_DIR: folder,
      PORT: "0",
      LOG_LEVEL: "warn",
      TELLTALE_DEMO: content === "demo" ? "1" : "0",
      TELLTALE_WRITE_KEY: WRITE_KEY,
      TELLTALE_SECRET_KEY: SECRET_KEY,
    }),
  );
  const database = createDatabase(test.url, 2);
  const browser: Browser = await launchChromium();
  const context = await browser.newContext({
    viewport: { width: 1_280, height: 900 },
    // Colours that are still on their way to the other theme are no colours to judge.
    reducedMotion: "reduce",
  });
  const page = await context.newPage();
  const faults: string[] = [];
  page.on("pageerror", (error) => faults.push(error.message));
  page.on("dialog", (dialog) => {
    faults.push(`dialog: ${dialog.message()}`);
    dialog.dismiss().catch(() => {});
  });
  page.on("console", (message) => {
    if (message.type() === "error") faults.push(message.text());
  });
  const link = new URL(collector.signInLink as string);
  await page.goto(`${collector.url}${link.pathname}${link.search}`);
  return {
    collector,
    database,
    page,
    context,
    faults,
    async goto(path) {
      await page.goto(`${collector.url}${path}`);
    },
    async rest(method, path, body) {
      const response = await fetch(`${collector.url}${path}`, {
        method,
        headers: { authorization: `Bearer ${SECRET_KEY}`, "content-type": "application/json" },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      });
      if (!response.ok) {
        throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
      }
      return response.json() as never;
    },
    async close() {
      await browser.close();
      await database.close();
      await collector.stop();
      await test.drop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/**
 * What axe finds on the page as it is, one line a finding.
 *
 * @param rules - by their ids; all unless told
 */
export async function findBarriers(page: Page, rules?: readonly string[]): Promise<string[]> {
  if (!(await page.evaluate("'axe' in window"))) {
    const session = await page.context().newCDPSession(page);
    // Through the debugger: the page's own policy would not let a foreign script in.
    await session.send("Runtime.evaluate", { expression: axeSource });
    await session.detach();
  }
  const options = { resultTypes: ["violations"], ...(rules && { runOnly: rules }) };
  const found = await page.evaluate(`axe.run(document, ${JSON.stringify(options)})`);
  const { violations } = found as {
    violations: { id: string; nodes: { target: string[]; failureSummary?: string }[] }[];
  };
  return violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(" ")).join(", ")}`,
  );
}

/** Leaves the first rows of long lists: the further ones are made alike, and take time. */
export async function shortenLists(page: Page): Promise<void> {
  await page.evaluate(`for (const row of document.querySelectorAll(
    "tbody > tr:nth-child(n+7), .list > li:nth-child(n+7)")) row.remove()`);
}

/** Looks again until something is there, for at most three minutes. */
export async function until<Found>(
  what: string,
  look: () => Promise<Found | false | null | undefined>,
): Promise<Found> {
  for (const start = performance.now(); performance.now() - start < 180_000; ) {
    const found = await look();
    if (found) return found;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`waited for ${what}`);
}

/** Sends something with the first project's write key, as a browser does. */
export const send = (
  { collector: { url } }: DashboardBrowser,
  path: string,
  body: object,
): Promise<Response> =>
  fetch(`${url}${path}`, {
    method: "POST",
    headers: { "content-type": "application/json", origin: url },
    body: JSON.stringify({ writeKey: WRITE_KEY, ...body }),
  });

/** Forms that were refused on purpose are no faults of the page; the browser counts them as such. */
export function forgetRefusals({ faults }: DashboardBrowser): void {
  const others = faults.filter((fault) => !fault.includes("status of 400"));
  faults.splice(0, faults.length, ...others);
}
