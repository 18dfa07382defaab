import type { Browser, BrowserContext, LaunchOptions, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach } from "vitest";
import { launchChromium } from "../../collector/test/chromium.ts";
import { openStage } from "./stage.ts";

// What the tests of a file share; each file has modules of its own.
export let browser: Browser;
export let stage: Awaited<ReturnType<typeof openStage>>;
/** A visitor without a past, for each test. */
export let context: BrowserContext;
/** Uncaught errors and console lines of its pages. */
export let complaints: string[];

/**
 * Gives the tests of a file one browser and one stage, and each test a visitor of its own.
 *
 * @param options - of the browser
 */
export function shareStage(options?: LaunchOptions): void {
  beforeAll(async () => {
    [browser, stage] = await Promise.all([launchChromium(options), openStage()]);
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
}

/** Our keys in the storage of a page, to be evaluated there. */
export const storedKeys = (): string[] =>
  Object.keys(localStorage).filter((key) => key.startsWith("telltale:"));

/** Tracks an event on a page and sends it at once. */
export async function trackAndFlush(page: Page, event = "Clicked"): Promise<void> {
  await page.evaluate((name) => {
    window.telltale.track(name);
    return window.telltale.flush();
  }, event);
}
