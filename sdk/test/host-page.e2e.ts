import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { launchChromium } from "../../collector/test/chromium.ts";
import { openStage, until } from "./stage.ts";

let browser: Browser;
let stage: Awaited<ReturnType<typeof openStage>>;
let context: BrowserContext;
let complaints: string[];

beforeAll(async () => {
  [browser, stage] = await Promise.all([launchChromium(), openStage()]);
});
afterAll(async () => {
  await browser.close();
  await stage.close();
});
beforeEach(async () => {
  stage.reset();
  complaints = [];
  context = await browser.newContext();
  context.on("weberror", (error) => complaints.push(String(error.error())));
  context.on("console", (message) => complaints.push(message.text()));
});
afterEach(() => context.close());

const storedKeys = () => Object.keys(localStorage).filter((key) => key.startsWith("telltale:"));
const trackAndFlush = async (page: Page, event = "Clicked") => {
  await page.evaluate((name) => {
    window.telltale.track(name);
    return window.telltale.flush();
  }, event);
};

/** Counts the tasks of the page that took over 50 ms. */
const watchLongTasks = () => {
  const tasks: number[] = [];
  Object.assign(window, { longTasks: tasks });
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) tasks.push(duration);
  }).observe({ type: "longtask", buffered: true });
};

describe("storage", () => {
  const hostilities: { [name: string]: () => void } = {
    denied: () => {
      Object.defineProperty(window, "localStorage", {
        get() {
          throw new DOMException("denied", "SecurityError");
        },
      });
    },
    full: () => {
      Storage.prototype.setItem = () => {
        throw new DOMException("full", "QuotaExceededError");
      };
    },
    corrupt: () => {
      if (location.protocol !== "http:") return;
      for (const key of ["v", "lock", "x.y.z", "0.NaN.", "01.2.0"])
        localStorage[`telltale:_stage:${key}`] = "{[";
    },
    broken: () => {
      for (const method of ["getItem", "setItem", "removeItem", "key"] as const) {
        Storage.prototype[method] = () => {
          throw new Error("broken");
        };
      }
    },
  };
  it.each(Object.keys(hostilities))(
    "F42: delivers from memory when storage is %s",
    async (kind) => {
      await context.addInitScript(hostilities[kind]!);
      const page = await stage.open(context);
      await trackAndFlush(page);
      await until(() => stage.deliveries("Clicked").size === 1);
      console.log(`F42 storage ${kind}: 1 of 1 delivered, ${complaints.length} page errors`);
      expect(complaints).toEqual([]);
    },
  );
});

describe("a blocked collector", () => {
  it("F43: tries 3 times when blocked, without a long task", async () => {
    let tries = 0;
    await context.route("**/v1/**", (route) => {
      if (route.request().method() === "POST") tries++;
      return route.abort("blockedbyclient");
    });
    await context.addInitScript(watchLongTasks);
    const page = await context.newPage();
    await page.clock.install();
    await page.goto(stage.url());
    await page.waitForFunction(() => "flush" in window.telltale);
    await page.evaluate(() => window.telltale.track("Clicked"));
    for (let second = 0; second < 60; second++) {
      await page.clock.runFor(2_000);
      await page.evaluate((n) => window.telltale.track("Clicked", { n }), second);
    }
    const longTasks = await page.evaluate(() => (window as unknown as { longTasks: [] }).longTasks);
    console.log(`F43 blocked: ${tries} tries in 2 minutes, ${longTasks.length} long tasks`);
    expect(tries).toBe(3);
    expect(longTasks).toEqual([]);
  });

  it("F43: tries at most 10 times in a storm of answers 500", async () => {
    stage.respond(() => ({ status: 500 }));
    const page = await context.newPage();
    await page.clock.install();
    await page.goto(stage.url());
    await page.waitForFunction(() => "flush" in window.telltale);
    await page.evaluate(() => window.telltale.track("Clicked"));
    // Time runs in leaps, the network does not: each try gets a moment to be answered.
    let seconds = 0;
    for (let spare = 20; spare > 0; seconds += 5) {
      await page.clock.runFor(5_000);
      await page.waitForTimeout(50);
      if (stage.posts().length >= 10) spare--;
    }
    console.log(`F43 storm of 500: ${stage.posts().length} tries in ${seconds} s`);
    expect(stage.posts()).toHaveLength(10);
  });
});

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
    expect(await page.evaluate(() => window.asked)).toEqual(["notify Task Completed"]);
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
