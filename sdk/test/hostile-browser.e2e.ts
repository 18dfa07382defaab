import { describe, expect, it } from "vitest";
import { complaints, context, shareStage, stage, trackAndFlush } from "./share-stage.ts";
import { until } from "./stage.ts";

shareStage();

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

describe("what the browser lends", () => {
  it("delivers where storage and locks are denied, as in a sandbox or with cookies off", async () => {
    stage.reset({ policy: "sandbox allow-scripts" });
    const page = await stage.open(context);
    await expect(
      page.evaluate(() => navigator.locks.request("any", () => "granted")),
    ).rejects.toThrow("denied");
    await trackAndFlush(page);
    await until(() => stage.deliveries("Clicked").size === 1);
    expect(complaints).toEqual([]);
  });

  const patches: { [what: string]: () => void } = {
    throws: () => {
      window.fetch = () => {
        throw new Error("patched");
      };
    },
    "gives nothing": () => {
      window.fetch = () => undefined as never;
    },
    "answers with something else": () => {
      window.fetch = async () => ({}) as Response;
    },
  };
  it.each(Object.keys(patches))(
    "keeps the event and the console clean where a patched fetch %s",
    async (what) => {
      const page = await stage.open(context);
      await page.evaluate(patches[what]!);
      await trackAndFlush(page);
      // Leaving sends in another way, from a listener.
      await page.goto(stage.url("/x.js"));
      await stage.open(context);
      await until(() => stage.deliveries("Clicked").size === 1);
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
