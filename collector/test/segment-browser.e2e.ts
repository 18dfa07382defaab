import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import type { AnalyticsBrowser } from "@segment/analytics-next";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { launchChromium } from "./chromium.ts";
import { createTestCollector, type TestCollector } from "./collector.ts";
import { useTestDatabase } from "./database.ts";
import { withPort } from "./server.ts";

const test = useTestDatabase();
/** The library's own browser build, as Segment's network delivers it. */
const BUILD = join(
  dirname(createRequire(import.meta.url).resolve("@segment/analytics-next/package.json")),
  "dist/umd",
);
/** A visitor's browser; one without a window says so in its name, and counts as a bot. */
const USER_AGENT =
  "Mozilla/5.0 (X11; Linux x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/147.0.0.0 Safari/537.36";

declare global {
  interface Window {
    AnalyticsNext: { AnalyticsBrowser: typeof AnalyticsBrowser };
    delivered: string[];
  }
}

describe("@segment/analytics-next, unchanged, in a browser", () => {
  let browser: Browser;
  let collector: TestCollector;

  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(() => browser.close());
  beforeEach(async () => {
    collector = await createTestCollector(test.database, { now: Date.now() });
  });

  /** Serves a page with the library, and passes everything else on to the collector. */
  const beside =
    (answer: (request: Request) => Response | Promise<Response>) => async (request: Request) => {
      const { pathname } = new URL(request.url);
      if (request.method !== "GET") return answer(request);
      const headers = { "content-type": pathname === "/" ? "text/html" : "text/javascript" };
      if (pathname === "/") {
        const page = '<!doctype html><title>App</title><script src="/index.js"></script>';
        return new Response(page, { headers });
      }
      const body = await readFile(join(BUILD, pathname)).catch(() => null);
      return new Response(body && new Uint8Array(body), { status: body ? 200 : 404, headers });
    };

  /** A page of another origin that uses the library. */
  async function openPage(url: string, strategy: "standard" | "batching"): Promise<Page> {
    const context = await browser.newContext({ userAgent: USER_AGENT });
    const page = await context.newPage();
    await page.goto(`http://localhost:${new URL(url).port}/`);
    await page.evaluate(
      async ([writeKey, apiHost, chosen]) => {
        const analytics = window.AnalyticsNext.AnalyticsBrowser.load({
          writeKey,
          cdnSettings: {
            // Its own performance figures would go to Segment.
            metrics: { sampleRate: 0 },
            integrations: {
              "Segment.io": {
                apiKey: writeKey,
                apiHost,
                protocol: "http",
                deliveryStrategy:
                  chosen === "batching"
                    ? { strategy: "batching", config: { size: 10, timeout: 300 } }
                    : { strategy: "standard", config: {} },
              },
            },
          },
        });
        window.delivered = [];
        Object.assign(window, { analytics });
        await analytics.ready(() => {});
      },
      [collector.writeKey, `${new URL(url).host}/v1`, strategy] as const,
    );
    return page;
  }

  const speak = (page: Page) =>
    page.evaluate(async () => {
      const { analytics } = window as unknown as { analytics: AnalyticsBrowser };
      await analytics.track("Feature Used", { feature: "export" });
      await analytics.identify("ann", { role: "admin" });
      await analytics.group("acme", { name: "Acme", plan: "pro" });
      for (let times = 0; times < 5; times += 1) {
        await analytics.track("Feature Used", { feature: "export" });
      }
      await analytics.page("Reports");
      await analytics.alias("ann", "the visitor");
    });

  /** Waits for so many events; then: by type, how many, and how many different ones. */
  async function stored(count: number) {
    const { sql } = test.database;
    const { projectId } = collector;
    await expect
      .poll(async () => (await sql`SELECT 1 FROM events WHERE project_id = ${projectId}`).length, {
        timeout: 20_000,
      })
      .toBe(count);
    const rows = await sql<{ type: string; count: number; ids: number }[]>`
      SELECT type, count(*)::int AS count, count(DISTINCT message_id)::int AS ids FROM events
      WHERE project_id = ${projectId} GROUP BY type`;
    return Object.fromEntries(rows.map((row) => [row.type, [row.count, row.ids]]));
  }

  it.each(["standard", "batching"] as const)(
    "delivers identify, group, track, page and alias into an account's health: %s",
    async (strategy) => {
      const app = { fetch: beside(collector.app.fetch) } as TestCollector["app"];
      await withPort({ app }, async (url) => {
        const page = await openPage(url, strategy);
        await speak(page);
        expect(await stored(10)).toEqual({
          identify: [1, 1],
          group: [1, 1],
          track: [6, 6],
          page: [1, 1],
          alias: [1, 1],
        });
        await page.context().close();
      });
      await collector.settle();
      const account = await (await collector.call("GET", "/v1/accounts/acme")).json();
      expect(account).toMatchObject({ id: "acme", name: "Acme", traits: { plan: "pro" } });
      const [usage] = await test.database.sql`
        SELECT sum(count)::int AS count, count(DISTINCT user_id)::int AS users
        FROM daily_usage WHERE project_id = ${collector.projectId} AND user_id = 'ann'
          AND event = 'Feature Used'`;
      expect(usage).toEqual({ count: 6, users: 1 });
      const rejected = await (await collector.call("GET", "/v1/rejected-messages")).json();
      expect(rejected.data).toEqual([]);
    },
  );

  it.each(["standard", "batching"] as const)(
    "waits as long as a 429 asks, and delivers once although answers are lost: %s",
    async (strategy) => {
      const arrivals: number[] = [];
      const cors = { "access-control-allow-origin": "*" };
      const answers: ((request: Request) => Promise<Response>)[] = [
        async () =>
          new Response("", {
            status: 429,
            headers: {
              ...cors,
              "retry-after": "2",
              "access-control-expose-headers": "retry-after",
            },
          }),
        async (request) => {
          await collector.app.fetch(request);
          return new Response("", { status: 503, headers: cors });
        },
      ];
      const flaky = (request: Request) => {
        if (request.method === "OPTIONS") return collector.app.fetch(request);
        arrivals.push(performance.now());
        const answer = answers.shift();
        return answer ? answer(request) : collector.app.fetch(request);
      };
      await withPort({ app: { fetch: beside(flaky) } as TestCollector["app"] }, async (url) => {
        const page = await openPage(url, strategy);
        await page.evaluate(async () => {
          const { analytics } = window as unknown as { analytics: AnalyticsBrowser };
          await analytics.track("Clicked");
        });
        await expect.poll(() => arrivals.length, { timeout: 30_000 }).toBe(3);
        expect(await stored(1)).toEqual({ track: [1, 1] });
        await page.context().close();
      });
      const gaps = arrivals.slice(1).map((at, nth) => Math.round(at - (arrivals[nth] ?? 0)));
      console.log(`@segment/analytics-next, ${strategy}: requests ${gaps.join(" and ")} ms apart`);
      expect(gaps[0]).toBeGreaterThanOrEqual(2_000);
    },
  );
});
