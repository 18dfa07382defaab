import { describe, expect, it } from "vitest";
import { launchChromium } from "../../collector/test/chromium.ts";
import { context, shareStage, stage, storedKeys } from "./share-stage.ts";
import { until } from "./stage.ts";

shareStage();

const trackMany = (count: number) => {
  for (let index = 0; index < count; index++) window.telltale.track("Clicked", { index });
};
const isOnceEach = (counts: Map<string, number>) => [...counts.values()].every((n) => n === 1);

describe("delivery", () => {
  it("sends a page view and 20 events in one batch under 3 KB, with no preflight", async () => {
    stage.reset({ attributes: 'data-auto="page" data-user-id="u1" data-account-id="acme"' });
    const page = await stage.open(context);
    await page.evaluate(trackMany, 20);
    await until(() => stage.deliveries("Clicked").size === 20);
    const methods = stage.arrivals().map(({ method, path }) => `${method} ${path}`);
    const bytes = stage.arrivals().reduce((sum, arrival) => sum + arrival.bytes, 0);
    console.log(`page view + 20 events: ${methods.length} requests, ${bytes} bytes sent`);
    expect(methods).toEqual(["POST /v1/batch"]);
    expect(stage.events().some(({ type }) => type === "page")).toBe(true);
    expect(bytes).toBeLessThanOrEqual(3_000);
  });

  it("sends one beacon when a tab is closed, with all 20 events of its last moment", async () => {
    const page = await stage.open(context);
    await page.evaluate(trackMany, 20);
    await page.close({ runBeforeUnload: true });
    await until(() => stage.posts().length > 0);
    await new Promise((resolve) => setTimeout(resolve, 300));
    console.log(
      `closed at once: ${stage.deliveries("Clicked").size} of 20, ${stage.posts().length} beacon`,
    );
    expect(stage.posts()).toHaveLength(1);
    expect(stage.deliveries("Clicked").size).toBe(20);
  });

  it("F39: delivers 20 of 20 events tracked right before a crash, after the next load", async () => {
    for (let index = 0; index < 20; index++) {
      const page = await stage.open(context);
      await page.evaluate(() => window.telltale.track("Clicked"));
      await page.close();
    }
    const { size: before } = stage.deliveries("Clicked");
    const openedAt = Date.now();
    await stage.open(context);
    await until(() => stage.batches().some(({ batch }) => batch.length >= 20 - before));
    await until(() => stage.deliveries("Clicked").size === 20);
    const tookMs = Date.now() - openedAt;
    console.log(`F39 tab killed: 20 of 20, ${before} of them before, ${tookMs} ms after reopening`);
    expect(tookMs).toBeLessThan(5_000);
  });

  it("delivers 20 of 20 events whose renderer crashed right after them, after the next load", async () => {
    for (let index = 0; index < 20; index++) {
      const page = await stage.open(context);
      const devtools = await context.newCDPSession(page);
      const isCrashed = page.waitForEvent("crash");
      await page.evaluate(() => window.telltale.track("Clicked"));
      // It never answers: the one who would is gone.
      devtools.send("Page.crash").catch(() => {});
      await isCrashed;
      await page.close();
    }
    const { size: before } = stage.deliveries("Clicked");
    await stage.open(context);
    await until(() => stage.deliveries("Clicked").size === 20);
    console.log(`crash: 20 of 20, ${before} of them before reopening`);
    expect(isOnceEach(stage.deliveries("Clicked"))).toBe(true);
  });

  it("F40: with 300 KB queued, leaves one beacon under 60 KB and the rest for the next load", async () => {
    const page = await stage.open(context);
    await page.evaluate(() => {
      for (let index = 0; index < 100; index++) {
        window.telltale.track("Clicked", { text: "é".repeat(1_450), index });
      }
    });
    await page.goto("about:blank");
    await until(() => stage.posts().length > 0);
    await new Promise((resolve) => setTimeout(resolve, 300));
    const [beacon, ...more] = stage.posts();
    expect(more).toHaveLength(0);
    expect(beacon!.bytes).toBeLessThanOrEqual(60_000);
    await stage.open(context);
    await until(() => stage.deliveries("Clicked").size === 100);
    console.log(
      `F40 unload overflow: beacon ${beacon!.bytes} bytes, 100 of 100 after the next load`,
    );
  });

  it("F41: of two tabs that flush one queue 50 times, only one sends an event", async () => {
    const tabs = await Promise.all([stage.open(context), stage.open(context)]);
    for (let round = 0; round < 50; round++) {
      await Promise.all(
        tabs.map((tab) =>
          tab.evaluate(async () => {
            window.telltale.track("Clicked");
            await window.telltale.flush();
          }),
        ),
      );
    }
    await until(() => stage.deliveries("Clicked").size === 100);
    const counts = stage.deliveries("Clicked");
    const sent = [...counts.values()].reduce((sum, count) => sum + count, 0);
    console.log(`F41 two tabs: ${counts.size} of 100 events, ${sent - counts.size} resent`);
    expect(sent - counts.size).toBeLessThanOrEqual(1);
  });

  it("sends a backlog once when two tabs come online of which only one has tracked anything", async () => {
    const tabs = [await stage.open(context), await stage.open(context)];
    for (let round = 1; round <= 5; round++) {
      await context.setOffline(true);
      await tabs[1]!.evaluate(trackMany, 20);
      await context.setOffline(false);
      await until(() => stage.deliveries("Clicked").size === 20 * round);
      // The visitor's record stays.
      await tabs[1]!.waitForFunction(() => Object.keys(localStorage).length === 1);
    }
    const counts = [...stage.deliveries("Clicked").values()];
    console.log(`two tabs online: ${counts.filter((count) => count > 1).length} of 100 resent`);
    expect(isOnceEach(stage.deliveries("Clicked"))).toBe(true);
  });

  it("lets one of two tabs send where plain HTTP has no Web Locks", async () => {
    const insecure = await launchChromium({
      args: ["--host-resolver-rules=MAP app.test 127.0.0.1"],
    });
    const plain = await insecure.newContext();
    const open = async () => {
      const page = await plain.newPage();
      await page.goto(stage.url().replace("localhost", "app.test"));
      await page.waitForFunction(() => "flush" in (window.telltale ?? {}));
      return page;
    };
    const tabs = await Promise.all([open(), open()]);
    expect(await tabs[0]!.evaluate(() => navigator.locks)).toBeUndefined();
    for (let round = 0; round < 10; round++) {
      await Promise.all(
        tabs.map((tab) =>
          tab.evaluate(async () => {
            window.telltale.track("Clicked");
            await window.telltale.flush();
          }),
        ),
      );
    }
    await until(() => stage.deliveries("Clicked").size === 20);
    const counts = stage.deliveries("Clicked");
    const sent = [...counts.values()].reduce((sum, count) => sum + count, 0);
    console.log(
      `two tabs on plain HTTP: ${counts.size} of 20 events, ${sent - counts.size} resent`,
    );
    expect(sent - counts.size).toBeLessThanOrEqual(1);
    await insecure.close();
  });

  it("delivers 20 of 20 events once each after three answers 503", async () => {
    stage.respond((batch) => ({ status: batch <= 3 ? 503 : 200 }));
    const page = await stage.open(context);
    await page.evaluate(trackMany, 20);
    await until(() => stage.deliveries("Clicked").size === 20, 20_000);
    const [, , third, fourth] = stage.posts();
    const recoveryMs = fourth!.at - third!.at;
    console.log(`3 × 503: 20 of 20, ${recoveryMs} ms after the third`);
    expect(isOnceEach(stage.deliveries("Clicked"))).toBe(true);
    expect(recoveryMs).toBeLessThanOrEqual(5_000);
  });

  it("delivers 20 of 20 events once each within 5 s when the server comes back after 8 s", async () => {
    const page = await stage.open(context);
    await stage.hangUp();
    await page.evaluate(trackMany, 20);
    void page.evaluate(() => window.telltale.flush());
    await new Promise((resolve) => setTimeout(resolve, 8_000));
    await stage.listen();
    const backAt = Date.now();
    await until(() => stage.deliveries("Clicked").size === 20, 6_000);
    console.log(`server down 8 s: 20 of 20, ${Date.now() - backAt} ms after it came back`);
    expect(isOnceEach(stage.deliveries("Clicked"))).toBe(true);
  });

  it("obeys Retry-After", async () => {
    stage.respond((batch) =>
      batch === 1 ? { status: 429, headers: { "retry-after": "2" } } : { status: 200 },
    );
    const page = await stage.open(context);
    await page.evaluate(trackMany, 1);
    await page.evaluate(() => window.telltale.flush());
    await until(() => stage.deliveries("Clicked").size === 1);
    const [refused, accepted] = stage.posts();
    expect(accepted!.at - refused!.at).toBeGreaterThanOrEqual(2_000);
  });

  it("F38: of 1,500 events in 3 hours offline, delivers the newest 1,000 in order and counts 500", async () => {
    const page = await stage.open(context);
    await context.setOffline(true);
    await page.evaluate(async () => {
      const { now } = Date;
      let aheadMs = -3 * 3_600_000;
      Date.now = () => now() + aheadMs;
      for (let index = 0; index < 1_500; index++) {
        aheadMs += 7_200;
        window.telltale.track("Clicked", { index });
        await null;
      }
    });
    await page.close();
    await context.setOffline(false);
    await stage.open(context);
    await until(() => stage.deliveries("Clicked").size === 1_000, 20_000);
    const arrived = stage.events().filter(({ event }) => event === "Clicked");
    const indexes = arrived.map(({ properties }) => properties!.index);
    const dropped = stage
      .batches()
      .reduce((sum, batch) => sum + (batch.dropped?.queue_full ?? 0), 0);
    console.log(`F38 offline: ${arrived.length} delivered, ${dropped} counted as dropped`);
    expect(indexes).toEqual(Array.from({ length: 1_000 }, (_, index) => index + 500));
    expect(isOnceEach(stage.deliveries("Clicked"))).toBe(true);
    expect(dropped).toBe(500);
    const page2 = context.pages().at(-1)!;
    await page2.waitForFunction(() => Object.keys(localStorage).length === 1);
    expect(await page2.evaluate(storedKeys)).toEqual([expect.stringMatching(/:v$/)]);
  });

  it("sends at once when the browser comes online again", async () => {
    const page = await stage.open(context);
    await context.setOffline(true);
    await page.evaluate(trackMany, 20);
    await page.evaluate(() => window.telltale.flush());
    await context.setOffline(false);
    await until(() => stage.deliveries("Clicked").size === 20, 2_000);
    expect(isOnceEach(stage.deliveries("Clicked"))).toBe(true);
  });
});
