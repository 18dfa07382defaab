import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { launchChromium } from "../../collector/test/chromium.ts";
import { openStage, until } from "./stage.ts";

let browser: Browser;
let stage: Awaited<ReturnType<typeof openStage>>;
let context: BrowserContext;

beforeAll(async () => {
  [browser, stage] = await Promise.all([
    // Playwright turns the back/forward cache off; here it is what is tested.
    launchChromium({ ignoreDefaultArgs: ["--disable-back-forward-cache"] }),
    openStage(),
  ]);
});
afterAll(async () => {
  await browser.close();
  await stage.close();
});
beforeEach(async () => {
  stage.reset({ attributes: 'data-auto="page" data-flush-interval-ms="50"' });
  context = await browser.newContext();
});
afterEach(() => context.close());

const pagePaths = () =>
  stage
    .events()
    .filter(({ type }) => type === "page")
    .map(({ properties }) => properties?.path);

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

/** React's own modules, for a browser: each as a function of `module`, `exports` and `require`. */
async function bundleReact(): Promise<string> {
  const require = createRequire(new URL("../package.json", import.meta.url));
  const inDom = createRequire(require.resolve("react-dom/package.json"));
  const files = {
    react: new URL("./cjs/react.development.js", `file://${require.resolve("react")}`),
    scheduler: new URL("./cjs/scheduler.development.js", `file://${inDom.resolve("scheduler")}`),
    "react-dom": new URL(
      "./cjs/react-dom.development.js",
      `file://${require.resolve("react-dom")}`,
    ),
    "react-dom/client": new URL(
      "./cjs/react-dom-client.development.js",
      `file://${require.resolve("react-dom")}`,
    ),
  };
  const bodies = await Promise.all(
    Object.entries(files).map(
      async ([name, file]) =>
        `${JSON.stringify(name)}(module, exports, require) {${await readFile(file, "utf8")}\n}`,
    ),
  );
  return `const process = { env: { NODE_ENV: "development" } };
    const bodies = { ${bodies.join(",\n")} }, loaded = {};
    const require = (name) => {
      if (!loaded[name]) {
        const module = (loaded[name] = { exports: {} });
        bodies[name](module, module.exports, require);
      }
      return loaded[name].exports;
    };
    const React = require("react");
    export const { createContext, createElement, StrictMode, useCallback, useContext, useEffect, useState } = React;
    export const { createRoot } = require("react-dom/client");`;
}

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

  it("does nothing that keeps a page out of the back/forward cache, and goes on after a return", async () => {
    const page = await stage.open(context, "/a");
    const devtools = await context.newCDPSession(page);
    await devtools.send("Page.enable");
    const obstacles: string[] = [];
    let isUsed = true;
    devtools.on("Page.backForwardCacheNotUsed", ({ notRestoredExplanations }) => {
      isUsed = false;
      // "Circumstantial" is the browser's own doing: one without a window has no such cache.
      for (const { type, reason } of notRestoredExplanations) {
        if (type !== "Circumstantial") obstacles.push(reason);
      }
    });
    await page.evaluate(() => window.telltale.track("Leaving"));
    await page.goto(stage.url("/b"));
    await page.goBack();
    await page.waitForFunction(() => "flush" in (window.telltale ?? {}));
    await page.evaluate(() => window.telltale.track("After"));
    await until(() => stage.deliveries("After").size === 1);
    console.log(`bfcache: used ${isUsed}, obstacles of ours: ${obstacles.length}`);
    expect(obstacles).toEqual([]);
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

  it("counts once under React StrictMode", async () => {
    const dist = new URL("../dist/", import.meta.url);
    stage.files.set("/vendor-react.js", await bundleReact());
    const react = await readFile(new URL("react.js", dist), "utf8");
    stage.files.set("/sdk/react.js", react);
    for (const [, chunk] of react.matchAll(/"\.\/(chunks\/[^"]+)"|'\.\/(chunks\/[^']+)'/g)) {
      if (chunk) stage.files.set(`/sdk/${chunk}`, await readFile(new URL(chunk, dist), "utf8"));
    }
    for (const [, , chunk] of react.matchAll(/"\.\/(chunks\/[^"]+)"|'\.\/(chunks\/[^']+)'/g)) {
      if (chunk) stage.files.set(`/sdk/${chunk}`, await readFile(new URL(chunk, dist), "utf8"));
    }
    stage.files.set(
      "/app.js",
      `import { createElement as h, createRoot, StrictMode, useEffect } from "react";
       import { TelltaleProvider, useFeature, useTelltale } from "@telltale/sdk/react";
       function Export() {
         const telltale = useTelltale();
         const use = useFeature("export");
         useEffect(() => telltale.identify("u1"), [telltale]);
         return h("button", { onClick: () => use() }, "Export");
       }
       const options = { writeKey: "wk_react", host: "${stage.collector}", flushIntervalMs: 50 };
       createRoot(document.querySelector("main")).render(
         h(StrictMode, null, h(TelltaleProvider, { options }, h(Export), h(Export))));`,
    );
    stage.reset({
      head: `<script type="importmap">{"imports":{"react":"/vendor-react.js","@telltale/sdk/react":"/sdk/react.js"}}</script>
        <script type="module" src="/app.js"></script>`,
    });
    const page = await context.newPage();
    const errors: string[] = [];
    page.on("pageerror", (error) => errors.push(String(error)));
    await page.goto(stage.url());
    await page.getByRole("button").first().click();
    const named = () =>
      stage
        .events()
        .filter(({ type }) => type !== "page")
        .map(({ type, properties }) => properties?.stage ?? type);
    await until(() => named().includes("tried"));
    console.log(`StrictMode: ${named().join(" ")}`);
    expect(errors).toEqual([]);
    expect(named()).toEqual(["seen", "identify", "tried"]);
  });
});

describe("prompts", () => {
  const survey = {
    wake: [{ event: "Task Completed", path: "/a" }],
    surveys: [],
    hasFeedback: true,
  };

  it("loads no byte of the widget before an event wakes it, also one before it knew", async () => {
    stage.reset({}, survey);
    const requested: string[] = [];
    context.on("request", (request) => requested.push(new URL(request.url()).pathname));
    const page = await stage.open(context, "/a");
    await page.evaluate(() => window.telltale.track("Clicked"));
    await page.waitForTimeout(1_500);
    expect(requested).not.toContain("/telltale-widget.js");
    await page.evaluate(() => window.telltale.task("import").complete());
    await page.waitForFunction(() => window.asked?.length);
    await page.evaluate(() => window.telltale.feedback());
    await page.waitForFunction(() => window.asked.length === 2);
    expect(await page.evaluate(() => window.asked)).toEqual(["notify Task Completed", "feedback"]);
    await page.evaluate(() => window.telltale.reset());
    await page.waitForFunction(() => window.asked.length === 3);
  });

  it("wakes the widget for an event from before the SDK had arrived", async () => {
    stage.reset(
      {
        head: `<script>(window.telltale = window.telltale || []).push(["track", "Task Completed"], (client) => client.survey("csat"))</script>`,
      },
      survey,
    );
    const page = await stage.open(context, "/a");
    await page.waitForFunction(() => window.asked?.length === 2);
    expect((await page.evaluate(() => window.asked)).toSorted()).toEqual([
      "notify Task Completed",
      "survey csat",
    ]);
  });

  it("offers feedback by a button, and says why a prompt did or did not show", async () => {
    stage.reset({ attributes: 'data-feedback-button="Feedback"' }, survey);
    stage.files.set(
      "/telltale-widget-feedback-button.js",
      `export const showFeedbackButton = (label, onPressed) => {
        const button = Object.assign(document.createElement("button"), { textContent: label, onclick: onPressed });
        document.body.append(button);
        return () => button.remove();
      };`,
    );
    const page = await stage.open(context, "/a");
    expect(await page.evaluate(() => window.telltale.debug.prompts())).toEqual([]);
    const button = page.getByRole("button", { name: "Feedback" });
    await button.click();
    await page.waitForFunction(() => window.asked?.includes("feedback"));
    // The next person is offered one as well.
    await page.evaluate(() => window.telltale.reset());
    await page.waitForFunction(() => window.asked?.includes("stop"));
    await button.click();
    await page.waitForFunction(() => window.asked?.includes("feedback"));
    await page.evaluate(() => window.telltale.consent("denied"));
    await button.waitFor({ state: "detached" });
    stage.files.delete("/telltale-widget-feedback-button.js");
  });

  it("hands the surveys to an own UI in place of the widget", async () => {
    stage.reset(
      {
        head: `<script>
          (window.telltale = window.telltale || []).options = {
            startPrompts: (bridge) => {
              window.asked = [bridge.who().userId];
              const decisions = () => [{ at: 1, survey: "csat", decision: "shown" }];
              return { notify: (event) => asked.push(event), survey() {}, feedback() {}, stop() {}, decisions };
            },
          };
        </script>`,
        attributes: 'data-user-id="u1"',
      },
      survey,
    );
    const page = await stage.open(context, "/a");
    await page.evaluate(() => window.telltale.task("import").complete());
    await page.waitForFunction(() => window.asked?.length === 2);
    expect(await page.evaluate(() => window.asked)).toEqual(["u1", "Task Completed"]);
    expect(await page.evaluate(() => window.telltale.debug.prompts())).toMatchObject([
      { survey: "csat", decision: "shown" },
    ]);
  });

  it("goes without when switched off", async () => {
    stage.reset({ attributes: 'data-prompts="off"' }, survey);
    const page = await stage.open(context, "/a");
    await page.evaluate(() => window.telltale.task("import").complete());
    await page.waitForTimeout(1_500);
    expect(stage.arrivals().filter(({ path }) => path === "/v1/config")).toEqual([]);
  });
});

describe("add-ons", () => {
  it("record rage clicks, dead clicks, errors and web vitals", async () => {
    stage.reset({
      attributes: 'data-auto="friction, vitals" data-flush-interval-ms="50"',
      body: `<button id="dead" data-telltale-feature="export">Export</button>
        <button id="live" onclick="document.title = Math.random()">Live</button>`,
    });
    const page = await stage.open(context);
    await page.waitForTimeout(300);
    for (let click = 0; click < 3; click++) await page.locator("#dead").click();
    await page.waitForTimeout(2_700);
    await page.locator("#live").click();
    await page.evaluate(() => {
      setTimeout(() => {
        throw new Error("broken on purpose");
      });
    });
    await page.waitForTimeout(2_700);
    await page.goto(stage.url("/x.js"));
    const friction = () => stage.events().filter(({ event }) => event === "Friction");
    await until(() => stage.events().some(({ properties }) => properties?.name === "CLS"));
    await until(() => friction().some(({ properties }) => properties?.kind === "dead_click"));
    const kinds = friction().map(
      ({ properties }) => `${properties?.kind} ${properties?.target ?? ""}`,
    );
    expect(new Set(kinds)).toEqual(
      new Set(["rage_click button#dead", "dead_click button#dead", "error "]),
    );
    expect(friction()[0]?.properties?.feature).toBe("export");
    expect(stage.deliveries("Feature Used").size).toBe(3);
  });
});
