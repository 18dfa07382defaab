import { describe, expect, it } from "vitest";
import { browser, complaints, context, shareStage, stage, trackAndFlush } from "./share-stage.ts";
import { until } from "./stage.ts";

shareStage();

describe("a strict host page", () => {
  it("F44: works under a strict policy, Trusted Types and patched prototypes", async () => {
    stage.files.set(
      "/patches.js",
      `Array.prototype.toJSON = function () { return "patched"; };
       Array.prototype.last = function () { return this[this.length - 1]; };
       Object.prototype.extend = function () {};
       window.violations = [];
       document.addEventListener("securitypolicyviolation", (event) => violations.push(event.violatedDirective));`,
    );
    const { collector } = stage;
    stage.reset(
      {
        policy: `default-src 'none'; script-src ${collector}; connect-src ${collector}; style-src 'self'; require-trusted-types-for 'script'; trusted-types 'none'`,
        head: `<script src="${collector}/patches.js"></script>`,
        attributes: 'data-auto="page,friction,vitals"',
      },
      { wake: [{ event: "Task Completed" }], surveys: [], hasFeedback: true },
    );
    // As the host's own policy has it; evaluate() would need an exception from it.
    const page = await stage.open(context);
    await page.evaluate(() => {
      window.telltale.track("Clicked", { list: [1, 2] });
      window.telltale.task("import").complete();
    });
    await page.waitForFunction(() => window.asked?.length);
    await page.evaluate(() => window.telltale.flush());
    await until(() => stage.deliveries("Clicked").size === 1);
    const violations = await page.evaluate(
      () => (window as unknown as { violations: string[] }).violations,
    );
    console.log(`F44 strict host page: ${violations.length} violations, delivered, widget woken`);
    expect(violations).toEqual([]);
    // Once it is awake it hears of everything, on a slow page also of the page's own measures.
    expect(await page.evaluate(() => window.asked?.[0])).toBe("notify Task Completed");
    expect(complaints).toEqual([]);
  });

  it("makes the good calls of a queue that has bad ones, before and after it has arrived", async () => {
    stage.reset({
      head: `<script>window.telltale = [["track", "Before"], ["nothing"], null,
        () => { throw new Error("theirs"); }, ["track", "Clicked"]];</script>`,
    });
    const page = await stage.open(context);
    await page.evaluate(() => {
      const { push } = window.telltale as unknown as { push(...calls: unknown[]): void };
      push(["nothing"], 7, ["track", "After"]);
      return window.telltale.flush();
    });
    await until(() => stage.deliveries("After").size === 1);
    expect([...stage.deliveries("Clicked").values()]).toEqual([1]);
    expect(complaints).toEqual([]);
  });

  it("leaves no global but telltale, and the console empty", async () => {
    const before = await (async () => {
      const page = await context.newPage();
      await page.goto(stage.url("/x.js"));
      return page.evaluate(() => Object.getOwnPropertyNames(window));
    })();
    stage.reset({ attributes: 'data-auto="page,friction,vitals"' });
    const page = await stage.open(context);
    await trackAndFlush(page);
    const after = await page.evaluate(() => Object.getOwnPropertyNames(window));
    expect(after.filter((name) => !before.includes(name))).toEqual(["telltale"]);
    expect(complaints).toEqual([]);
  });

  it("F46: lets 100 and 10 a second through of a loop that tracks 100,000 a second", async () => {
    const page = await stage.open(context);
    const calls = await page.evaluate(async () => {
      const endAt = performance.now() + 2_000;
      let calls = 0;
      while (performance.now() < endAt) {
        for (let index = 0; index < 1_000; index++) window.telltale.track("Loop");
        calls += 1_000;
        await new Promise((resolve) => setTimeout(resolve));
      }
      await window.telltale.flush();
      // A drop is told with the next batch.
      await new Promise((resolve) => setTimeout(resolve, 200));
      window.telltale.track("Last");
      await window.telltale.flush();
      return calls;
    });
    await until(() => stage.deliveries("Last").size === 1);
    const sent = stage.deliveries("Loop").size;
    const dropped = stage.batches().reduce((sum, b) => sum + (b.dropped?.rate_limited ?? 0), 0);
    console.log(`F46 flood: ${calls} calls in 2 s, ${sent} sent, ${dropped} counted as dropped`);
    expect(sent).toBeLessThanOrEqual(130);
    expect(sent + dropped).toBe(calls);
  });

  it("F45: stamps events and batches with one clock, however wrong it is", async () => {
    const day = 86_400_000;
    for (const skewMs of [2 * 3_600_000, -2 * 3_600_000, 400 * day, -400 * day]) {
      stage.reset();
      const skewed = await browser.newContext();
      await skewed.addInitScript((ms) => {
        const RealDate = Date;
        const now = () => RealDate.now() + ms;
        window.Date = new Proxy(RealDate, {
          construct: (target, input) =>
            Reflect.construct(target, input.length ? input : [now()]) as object,
          get: (target, name) => (name === "now" ? now : Reflect.get(target, name)),
        });
      }, skewMs);
      const page = await stage.open(skewed);
      const happenedAt = Date.now();
      await page.evaluate(() => window.telltale.track("Clicked"));
      await page.waitForTimeout(500);
      await page.evaluate(() => window.telltale.flush());
      await until(() => stage.deliveries("Clicked").size === 1);
      const [batch] = stage.batches();
      const ageMs = Date.parse(batch!.sentAt!) - Date.parse(batch!.batch.at(-1)!.timestamp!);
      const errorMs = Math.abs(stage.posts()[0]!.at - ageMs - happenedAt);
      console.log(`F45 clock off by ${skewMs / 3_600_000} h: corrected to within ${errorMs} ms`);
      expect(errorMs).toBeLessThan(2_000);
      await skewed.close();
    }
  });
});
