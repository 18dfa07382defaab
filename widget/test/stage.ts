import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Json, SurveyContent, SurveyRule } from "@telltale/protocol";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll } from "vitest";
import { launchChromium } from "../../collector/test/chromium.ts";
import { taskRule } from "../src/testing/fixtures.ts";

const BUNDLE = new URL("../dist/browser/", import.meta.url);

/** A page of a customer with the widget on it. */
export interface Scene {
  survey: SurveyContent;
  rules?: SurveyRule[];
  /** Markup of the host page's body. */
  body?: string;
  /** Style sheet of the host page. */
  css?: string;
  /** Content security policy of the host page. */
  policy?: string;
  context?: BrowserContextOptions;
  /** Files that the collector's host does not have. */
  missing?: RegExp;
}

/** What the widget did on the page. */
export interface Actor {
  page: Page;
  /** Hands an event to the widget, as the SDK does. */
  notify(event: string, properties?: { [key: string]: Json }): Promise<void>;
  /** Shows another survey at once. */
  show(survey: SurveyContent): Promise<void>;
  tracked(): Promise<[event: string, properties: { [key: string]: Json }][]>;
  /** Errors and violations of the policy, as the console told them. */
  complaints: string[];
}

declare global {
  interface Window {
    tracked: [event: string, properties: { [key: string]: Json }][];
    prompts: import("@telltale/protocol").Prompts;
    showFeedbackButton: typeof import("../src/view/feedback-button.ts").showFeedbackButton;
  }
}

/** Runs in the page. As text, because the test runner rewrites imports in functions. */
const START = `
  import { startPrompts } from "/telltale-widget.js";
  import { showFeedbackButton } from "/telltale-widget-feedback-button.js";
  window.showFeedbackButton = showFeedbackButton;
  window.tracked = [];
  window.prompts = startPrompts({
    host: location.origin,
    writeKey: "wk_test",
    config: { wake: [], surveys, hasFeedback: true },
    who: () => ({ anonymousId: "anon", sessionId: "session" }),
    track: (...record) => window.tracked.push(record),
    onEvent: () => () => {},
    debug: () => {},
  });
`;

/** Serves host pages, the built bundle, and a collector that grants every claim. */
async function openStage(browser: Browser) {
  let scene: Scene;
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url ?? "/", "http://stage");
    if (pathname === "/v1/prompts/claim") {
      response.setHeader("content-type", "application/json");
      response.end(JSON.stringify({ granted: true, impressionId: "i1", survey: scene.survey }));
    } else if (pathname === "/host.css") {
      response.setHeader("content-type", "text/css");
      response.end(scene.css ?? "");
    } else if (pathname === "/stage.js") {
      response.setHeader("content-type", "text/javascript");
      response.end(`const surveys = ${JSON.stringify(scene.rules ?? [taskRule])};${START}`);
    } else if (scene.missing?.test(pathname)) {
      response.writeHead(404).end();
    } else if (pathname.endsWith(".js")) {
      response.setHeader("content-type", "text/javascript");
      response.end(await readFile(new URL(`.${pathname}`, BUNDLE)));
    } else {
      response.setHeader("content-type", "text/html; charset=utf-8");
      if (scene.policy) response.setHeader("content-security-policy", scene.policy);
      response.end(
        `<!doctype html><html lang="en"><title>Host</title><link rel="stylesheet" href="/host.css"><script type="module" src="/stage.js"></script>
        <body>${scene.body ?? "<main><h1>Reports</h1><p><label>Name <input id=name></label></p></main>"}</body></html>`,
      );
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  return {
    /** Opens a host page and starts the widget on it. */
    async play(next: Scene): Promise<Actor> {
      scene = next;
      const context = await browser.newContext({
        viewport: { width: 1440, height: 900 },
        ...next.context,
      });
      const page = await context.newPage();
      const complaints: string[] = [];
      page.on("pageerror", (error) => complaints.push(String(error)));
      page.on("console", (message) => {
        if (message.type() === "error") complaints.push(message.text());
      });
      await page.goto(origin);
      await page.waitForFunction(() => window.prompts);
      return {
        page,
        complaints,
        notify: (event, properties = {}) =>
          page.evaluate(([name, given]) => window.prompts.notify(name, JSON.parse(given)), [
            event,
            JSON.stringify(properties),
          ] as const),
        async show(survey) {
          scene = { ...scene, survey };
          await page.evaluate(() => window.prompts.survey("csat"));
          await page.locator("telltale-prompt .box").waitFor();
        },
        tracked: () => page.evaluate(() => window.tracked),
      };
    },
    async close() {
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** A browser and a stage for all the tests of a file, closed after the last of them. */
export function useStage() {
  let browser: Browser;
  let stage: Awaited<ReturnType<typeof openStage>>;
  beforeAll(async () => {
    browser = await launchChromium();
    stage = await openStage(browser);
  });
  afterAll(async () => {
    await browser.close();
    await stage.close();
  });
  return {
    play: (scene: Scene) => stage.play(scene),
    newPage: () => browser.newPage(),
  };
}
