import { describe, expect, it } from "vitest";
import { context, shareStage, stage, storedKeys, trackAndFlush } from "./share-stage.ts";
import { until } from "./stage.ts";

shareStage();

describe("privacy", () => {
  it("F48: sends and stores nothing under Global Privacy Control", async () => {
    await context.addInitScript(() => {
      Object.defineProperty(Navigator.prototype, "globalPrivacyControl", { get: () => true });
    });
    stage.reset({ attributes: 'data-user-id="u1" data-auto="page"' });
    const page = await stage.open(context);
    await trackAndFlush(page);
    await page.goto("about:blank");
    await page.waitForTimeout(200);
    const keys = await (await stage.open(context)).evaluate(storedKeys);
    console.log(`F48 GPC: ${stage.arrivals().length} requests, ${keys.length} keys stored`);
    expect([stage.arrivals(), keys]).toEqual([[], []]);
  });

  it("F48: sends and stores nothing while consent is pending, nor once it is denied", async () => {
    stage.reset({ attributes: 'data-user-id="u1" data-auto="page" data-consent="pending"' });
    const page = await stage.open(context);
    await trackAndFlush(page);
    expect([stage.arrivals(), await page.evaluate(storedKeys)]).toEqual([[], []]);
    await page.evaluate(() => window.telltale.consent("denied"));
    await trackAndFlush(page);
    const keys = await page.evaluate(storedKeys);
    console.log(
      `F48 pending, denied: ${stage.arrivals().length} requests, ${keys.length} keys stored`,
    );
    expect([stage.arrivals(), keys]).toEqual([[], []]);
  });

  it("sends what happened before consent once it is granted, and remembers the consent", async () => {
    stage.reset({ attributes: 'data-consent="pending"' });
    const page = await stage.open(context);
    await trackAndFlush(page, "Early");
    await page.evaluate(() => window.telltale.consent("granted"));
    await trackAndFlush(page);
    await until(() => stage.deliveries("Clicked").size === 1);
    expect(stage.deliveries("Early").size).toBe(1);
    await trackAndFlush(await stage.open(context), "Later");
    await until(() => stage.deliveries("Later").size === 1);
  });

  it("sends and stores nothing of a prerendered page until it is shown", async () => {
    await context.addInitScript(() => {
      const prerendering = { get: () => true, configurable: true };
      Object.defineProperty(document, "prerendering", prerendering);
    });
    stage.reset({ attributes: 'data-auto="page" data-user-id="u1" data-flush-interval-ms="50"' });
    const page = await context.newPage();
    await page.goto(stage.url(), { waitUntil: "load" });
    await page.waitForTimeout(300);
    expect([stage.arrivals(), await page.evaluate(storedKeys)]).toEqual([[], []]);
    await page.evaluate(() => {
      Object.defineProperty(document, "prerendering", { get: () => false });
      document.dispatchEvent(new Event("prerenderingchange"));
    });
    await until(() => stage.events().some(({ type }) => type === "page"));
    expect(stage.events().map(({ type }) => type)).toEqual(["identify", "page"]);
  });

  it("tells paths without query and hash, and keeps the referrer's to itself", async () => {
    stage.reset({ attributes: 'data-auto="page"' });
    const page = await stage.open(context, "/a?token=secret#private");
    await page.evaluate(() => {
      location.href = "/b?token=other";
    });
    await page.waitForURL("**/b?*");
    await page.waitForFunction(() => "flush" in (window.telltale ?? {}));
    await page.evaluate(() => window.telltale.flush());
    await until(() => stage.events().filter(({ type }) => type === "page").length >= 2);
    expect(JSON.stringify(stage.batches())).not.toMatch(/secret|private|other/);
  });
});
