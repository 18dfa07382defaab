import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { csatSteps, surveyOf } from "../src/testing/fixtures.ts";
import { useStage } from "./stage.ts";

/** What the browser tells of a shift; those right after an input are expected and do not count. */
interface LayoutShift {
  value: number;
  hadRecentInput: boolean;
}

const stage = useStage();

const survey = surveyOf(csatSteps);
const prompt = "telltale-prompt .box";
const focused = (page: Page) => page.evaluate(() => document.activeElement?.id);
const lastDecision = (page: Page) =>
  page.evaluate(() => window.prompts.decisions().at(-1)?.decision);

describe("a prompt that comes by itself", () => {
  it("takes no focus, no Tab, no Escape and no key from the page", async () => {
    const { page, notify } = await stage.play({
      survey,
      body: "<main><h1>Page</h1><input id=one><input id=two><button id=three>Go</button></main>",
    });
    await notify("Task Completed");
    await page.locator(prompt).waitFor();
    await page.locator("#one").focus();
    await page.keyboard.type("typed in peace");
    expect(await page.locator("#one").inputValue()).toBe("typed in peace");
    await page.keyboard.press("Escape");
    expect(await page.locator(prompt).count()).toBe(1);
    for (const next of ["two", "three"]) {
      await page.keyboard.press("Tab");
      expect(await focused(page)).toBe(next);
    }
    await page.context().close();
  });

  it("waits while the person types, and comes once they have left the field", async () => {
    const { page, notify } = await stage.play({ survey });
    await page.locator("#name").pressSequentially("Ad");
    await notify("Task Completed");
    await page.waitForTimeout(700);
    expect(await lastDecision(page)).toBe("waits: typing");
    await page.locator("#name").blur();
    await page.locator(prompt).waitFor();
    await page.context().close();
  });

  it("waits while the focus is in a frame, as where a card is paid with", async () => {
    const body = '<h1>Pay</h1><button>Back</button><iframe srcdoc="<input>"></iframe>';
    const { page, notify } = await stage.play({ survey, body });
    await page.frameLocator("iframe").locator("input").focus();
    await notify("Task Completed");
    await expect.poll(() => lastDecision(page)).toBe("waits: typing");
    await page.getByRole("button", { name: "Back" }).focus();
    await page.locator(prompt).waitFor();
    await page.context().close();
  });

  it.each([
    [
      "dialog_open",
      "document.querySelector('dialog').showModal()",
      "document.querySelector('dialog').close()",
    ],
    ["full_screen", "document.documentElement.requestFullscreen()", "document.exitFullscreen()"],
  ])("waits until %s is over", async (obstacle, begin, end) => {
    const { page, notify } = await stage.play({ survey, body: "<dialog>Sure?</dialog>" });
    await page.evaluate(begin);
    await notify("Task Completed");
    await page.waitForTimeout(100);
    expect(await lastDecision(page)).toBe(`waits: ${obstacle}`);
    await page.evaluate(end);
    await page.locator(prompt).waitFor();
    await page.context().close();
  });

  it("keeps the keys that are meant for it from the page’s shortcuts, and from “click outside”", async () => {
    const { page, notify } = await stage.play({ survey });
    await page.evaluate(() => {
      const heard: string[] = [];
      Object.assign(window, { heard });
      for (const name of ["keydown", "keyup", "click", "pointerdown"]) {
        document.addEventListener(name, (event) => heard.push(event.type));
      }
    });
    await notify("Task Completed");
    await page.getByRole("radio", { name: "Bad", exact: true }).click();
    await page.getByRole("textbox", { name: "What went wrong?" }).pressSequentially("cx?");
    expect(await page.evaluate("heard")).toEqual([]);
    await page.context().close();
  });

  it("moves nothing on the page", async () => {
    const { page, notify } = await stage.play({ survey });
    // Such a body makes room for whatever is in its flow, even if it is empty.
    await page.addStyleTag({
      content: `body { display: flex; flex-direction: column; justify-content: space-between;
        gap: 24px; min-height: 100vh }`,
    });
    await page.evaluate(() => {
      const footer = document.createElement("footer");
      footer.append("The end of the page");
      document.body.append(footer);
    });
    await page.waitForTimeout(100);
    await page.evaluate(() => {
      Object.assign(window, { shift: 0 });
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries() as unknown as LayoutShift[]) {
          if (!entry.hadRecentInput) (window as unknown as { shift: number }).shift += entry.value;
        }
      }).observe({ type: "layout-shift" });
    });
    await notify("Task Completed");
    await page.getByRole("radio", { name: "Bad", exact: true }).click();
    await page.getByRole("textbox", { name: "What went wrong?" }).fill("slow");
    await page.getByRole("button", { name: "Send" }).click();
    await page.getByText("Thank you").first().waitFor();
    await page.waitForTimeout(300);
    expect(await page.evaluate("shift")).toBe(0);
    await page.context().close();
  });

  it("thanks, and goes by itself when nobody is with it", async () => {
    const { page, notify, tracked } = await stage.play({ survey });
    await notify("Task Completed");
    await page.getByRole("radio", { name: "Very good" }).click();
    await page.mouse.move(0, 0);
    await page.locator("telltale-prompt").waitFor({ state: "detached", timeout: 8_000 });
    expect(await tracked()).toHaveLength(2);
    await page.context().close();
  });
});

describe("the feedback button", () => {
  it("opens the survey with the focus in it, and gets the focus back", async () => {
    const { page, tracked } = await stage.play({ survey });
    await page.evaluate(() => window.showFeedbackButton("Feedback", window.prompts.feedback));
    const button = page.getByRole("button", { name: "Feedback" });
    await button.focus();
    await page.keyboard.press("Enter");
    await page.locator(prompt).waitFor();
    const first = page.getByRole("radio", { name: "Very bad" });
    await expect.poll(() => first.evaluate((mark) => mark.matches(":focus"))).toBe(true);
    expect(await page.getByRole("button", { name: "Ask me later" }).count()).toBe(0);
    await page.keyboard.press("Escape");
    expect(await page.evaluate(() => document.activeElement?.tagName)).toBe("TELLTALE-FEEDBACK");
    expect((await tracked()).map(([event]) => event)).toEqual(["Survey Shown", "Survey Dismissed"]);
    await page.context().close();
  });
});
