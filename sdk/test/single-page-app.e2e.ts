import type { Page } from "playwright-core";
import { beforeEach, describe, expect, it } from "vitest";
import { context, shareStage, stage } from "./share-stage.ts";
import { until } from "./stage.ts";

// Playwright turns the back/forward cache off; here it is what is tested.
shareStage({ ignoreDefaultArgs: ["--disable-back-forward-cache"] });
beforeEach(() => stage.reset({ attributes: 'data-auto="page" data-flush-interval-ms="50"' }));

/** Paths of the page views, each message once: a page that is left does not see what arrived. */
const pagePaths = () => {
  const views = stage.events().filter(({ type }) => type === "page");
  return [...new Map(views.map((view) => [view.messageId, view.properties?.path])).values()];
};

/** Navigates as a router does, each step on its own. */
const wander = async (page: Page) => {
  const steps = [
    () => history.pushState(null, "", "/b"),
    () => history.replaceState(null, "", "/b?tab=2"),
    () => history.pushState(null, "", "/c#top"),
    () => history.replaceState(null, "", "/d"),
    () => history.pushState(null, ""),
    () => history.go(-2),
  ];
  for (const step of steps) {
    await page.evaluate(step);
    await page.waitForTimeout(120);
  }
};

describe("a single-page app", () => {
  it.each(["Navigation API", "patched history"])(
    "records each new path once, by %s",
    async (way) => {
      if (way === "patched history") {
        await context.addInitScript(() => {
          Object.defineProperty(window, "navigation", { value: undefined });
        });
      }
      const page = await stage.open(context, "/a");
      await page.waitForTimeout(200);
      await wander(page);
      await until(() => pagePaths().length >= 5);
      await page.waitForTimeout(200);
      console.log(`SPA by ${way}: ${pagePaths().join(" ")}`);
      expect(pagePaths()).toEqual(["/a", "/b", "/c", "/d", "/b"]);
    },
  );

  it("counts a page as seen again after a return, and does nothing that keeps it out of the back/forward cache", async () => {
    stage.reset({
      attributes: 'data-auto="page" data-flush-interval-ms="50"',
      head: `<script>addEventListener("pageshow", ({ persisted }) =>
        (window.telltale = window.telltale || []).push(["track", "Shown", { persisted }]));</script>`,
    });
    const page = await stage.open(context, "/a");
    const devtools = await context.newCDPSession(page);
    await devtools.send("Page.enable");
    const obstacles: string[] = [];
    devtools.on("Page.backForwardCacheNotUsed", ({ notRestoredExplanations }) => {
      // "Circumstantial" is the browser's own doing: one without a window has no such cache.
      for (const { type, reason } of notRestoredExplanations) {
        if (type !== "Circumstantial") obstacles.push(reason);
      }
    });
    await page.evaluate(() => window.telltale.track("Leaving"));
    await page.goto(stage.url("/b"));
    // Playwright would wait for a load, and a page from the cache has none.
    await page.evaluate(() => setTimeout(() => history.back()));
    await until(() => stage.deliveries("Shown").size === 3 && pagePaths().length === 3);
    const last = stage.events().findLast(({ event }) => event === "Shown");
    console.log(`bfcache: used ${last?.properties?.persisted}, obstacles of ours: ${obstacles}`);
    expect(obstacles).toEqual([]);
    expect(pagePaths()).toEqual(["/a", "/b", "/a"]);
    expect(stage.deliveries("Leaving").size).toBe(1);
  });

  it("records engaged time when the page is left, idle time not included", async () => {
    const page = await context.newPage();
    await page.clock.install();
    await page.goto(stage.url("/a"));
    await page.waitForFunction(() => "flush" in (window.telltale ?? {}));
    await page.waitForTimeout(300);
    await page.mouse.move(10, 10);
    await page.clock.runFor(10_000);
    await page.mouse.move(20, 20);
    await page.clock.runFor(120_000);
    await page.goto(stage.url("/x.js"));
    await until(() => stage.events().some(({ event }) => event === "Session Ended"));
    const ended = stage.events().find(({ event }) => event === "Session Ended");
    console.log(`engaged ${ended?.properties?.engaged_ms} ms of 130,000`);
    expect(ended?.properties?.engaged_ms).toBeGreaterThanOrEqual(24_000);
    expect(ended?.properties?.engaged_ms).toBeLessThan(28_000);
  });
});
