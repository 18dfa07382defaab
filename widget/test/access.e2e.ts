import type { SurveyStep } from "@telltale/protocol";
import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { english, surveyOf } from "../src/testing/fixtures.ts";
import { questionSteps } from "../src/testing/questions.ts";
import { useStage } from "./stage.ts";

const stage = useStage();

const { faces, choices, choice, nps, text } = questionSteps as { [name: string]: SurveyStep };
const named = (step: SurveyStep | undefined, id: string) => ({ ...step, id }) as SurveyStep;
/** Five questions and the thanks, as long as a survey may be. */
const journey = surveyOf([
  named(faces, "faces"),
  named(nps, "nps"),
  named(choice, "choice"),
  named(choices, "choices"),
  named(text, "text"),
  { id: "thanks", kind: "thanks", prompt: "That was it." },
]);

/** The name of what has the focus, as a screen reader would say it. */
const focusedName = (page: Page) =>
  page.evaluate(() => {
    const focused = document.querySelector("telltale-prompt")?.shadowRoot?.activeElement;
    return focused?.getAttribute("aria-label") ?? focused?.textContent ?? "";
  });

/** The hotkey loads what the keyboard needs, the first time. */
async function enter(page: Page): Promise<void> {
  await page.keyboard.press("F8");
  await expect.poll(() => focusedName(page)).toBe("Very bad");
}

async function press(page: Page, ...keys: string[]): Promise<void> {
  for (const key of keys) await page.keyboard.press(key);
}

describe("with the keyboard alone", () => {
  it("five questions can be answered, corrected and left", async () => {
    const { page, show, tracked } = await stage.play({ survey: journey });
    await show(journey);
    await enter(page);
    await press(page, "ArrowRight", "Enter");
    await expect.poll(() => focusedName(page)).toBe("0");
    await press(page, "ArrowLeft", "Space");
    await expect.poll(() => focusedName(page)).toBe("Building a report");
    await press(page, "ArrowUp", "Enter");
    await page.keyboard.type("Just looking");
    await press(page, "Enter");
    await expect.poll(() => focusedName(page)).toBe("Dashboards");
    await press(page, "Space", "Tab", "Tab", "Space", "Tab", "Tab");
    expect(await focusedName(page)).toBe("Back");
    await press(page, "Tab", "Enter");
    await page.getByRole("textbox", { name: "What is the one thing we should improve?" }).waitFor();
    await expect
      .poll(() => page.locator("textarea").evaluate((field) => field.matches(":focus")))
      .toBe(true);
    await page.keyboard.type("Speed");
    await press(page, "Control+Enter");
    await page.getByText("That was it.").first().waitFor();
    expect(
      (await tracked()).slice(1).map(([, { survey_id, impression_id, ...rest }]) => rest),
    ).toEqual([
      { question_id: "faces", value: 2, is_final: false },
      { question_id: "nps", value: 10, is_final: false },
      { question_id: "choice", choices: ["other"], text: "Just looking", is_final: false },
      { question_id: "choices", choices: ["dash", "export"], is_final: false },
      { question_id: "text", text: "Speed", is_final: true },
    ]);
    await page.context().close();
  });

  it("the focus goes round through everything, and F8 leads in and out", async () => {
    const { page, show } = await stage.play({ survey: journey });
    await show(journey);
    await page.locator("#name").focus();
    await enter(page);
    await press(page, "Shift+Tab");
    expect(await focusedName(page)).toBe("Close");
    const names = [];
    for (let stop = 0; stop < 4; stop += 1) {
      await press(page, "Tab");
      names.push(await focusedName(page));
    }
    expect(names).toEqual(["Very bad", english.later, english.never, english.why]);
    await press(page, "F8");
    expect(await page.evaluate(() => document.activeElement?.id)).toBe("name");
    await page.context().close();
  });

  it("every mark is within reach, and Escape closes, where the part for the keyboard does not arrive", async () => {
    const { page, show } = await stage.play({ survey: journey });
    await page.route("**/telltale-widget-attend-*", (route) => route.abort());
    await show(journey);
    await press(page, "F8", "Tab");
    expect(await focusedName(page)).toBe("Close");
    await press(page, "Tab");
    expect(await focusedName(page)).toBe("Very bad");
    await press(page, "Tab", "Tab", "Tab", "Tab");
    expect(await focusedName(page)).toBe("Very good");
    await press(page, "Escape");
    expect(await page.locator("telltale-prompt").count()).toBe(0);
    await page.context().close();
  });

  it("a step back during the pause after an answer stays with that answer", async () => {
    const { page, show, tracked } = await stage.play({ survey: journey });
    await show(journey);
    await page.getByRole("radio", { name: "Bad", exact: true }).click();
    await page.getByRole("radio", { name: "8", exact: true }).waitFor();
    await page.evaluate(() => {
      const buttons = [
        ...(document.querySelector("telltale-prompt")?.shadowRoot?.querySelectorAll("button") ??
          []),
      ];
      buttons.find(({ textContent }) => textContent === "8")?.click();
      buttons.find(({ className }) => className === "back")?.click();
    });
    await page.getByText("Building a report").waitFor();
    const answers = (await tracked())
      .slice(1)
      .map(([, { question_id, value }]) => [question_id, value]);
    expect(answers).toEqual([
      ["faces", 2],
      ["nps", 8],
    ]);
    await page.context().close();
  });

  it("the arrows follow the direction of the writing", async () => {
    const survey = surveyOf(journey.steps, { direction: "rtl", locale: "ar" });
    const { page, show } = await stage.play({ survey });
    await show(survey);
    await enter(page);
    await press(page, "ArrowLeft");
    expect(await focusedName(page)).toBe("Bad");
    await press(page, "ArrowRight", "ArrowRight");
    expect(await focusedName(page)).toBe("Very good");
    await page.context().close();
  });
});

describe("for screen readers", () => {
  it("the prompt is a region with a name, announces itself and says how to get there", async () => {
    const { page, show } = await stage.play({ survey: journey });
    await show(journey);
    await page.getByRole("region", { name: english.region }).waitFor();
    await page
      .getByRole("radiogroup", { name: "How satisfied are you with the new export?" })
      .waitFor();
    await expect
      .poll(() => page.getByRole("status").textContent())
      .toBe(
        "A short question has appeared. Press F8 to reach it. How satisfied are you with the new export?",
      );
    await page.getByRole("radio", { name: "Okay" }).click();
    await expect.poll(() => page.getByRole("status").textContent()).toBe(nps?.prompt);
    await page.context().close();
  });

  it("“why am I asked” says whether it is open", async () => {
    const { page, show } = await stage.play({ survey: journey });
    await show(journey);
    const why = page.getByRole("button", { name: english.why });
    expect(await why.getAttribute("aria-expanded")).toBe("false");
    await why.click();
    await page.getByText(english.whyText).waitFor();
    // Who listens from the button on comes upon it next.
    const next = why.locator("xpath=following-sibling::*");
    expect(await next.textContent()).toBe(english.whyText);
    expect(await why.getAttribute("aria-expanded")).toBe("true");
    await why.click();
    await page.getByText(english.whyText).waitFor({ state: "detached" });
    await page.context().close();
  });
});

describe("magnified", () => {
  it.each([
    ["200 %", 720, 450],
    ["400 %", 320, 256],
  ])("at %s every question can be read and answered", async (_, width, height) => {
    const { page, show } = await stage.play({
      survey: journey,
      context: { viewport: { width, height }, deviceScaleFactor: 2, reducedMotion: "reduce" },
    });
    for (const step of Object.values(questionSteps)) {
      await show(surveyOf([step]));
      const frame = await page.locator("telltale-prompt .box").boundingBox();
      expect(frame?.x).toBeGreaterThanOrEqual(0);
      expect(frame?.y).toBeGreaterThanOrEqual(0);
      expect((frame?.x ?? 0) + (frame?.width ?? 0)).toBeLessThanOrEqual(width);
      expect((frame?.y ?? 0) + (frame?.height ?? 0)).toBeLessThanOrEqual(height);
      const isWider = await page
        .locator(".card")
        .evaluate((card) => card.scrollWidth > card.clientWidth);
      expect({ kind: step.kind, isWider }).toEqual({ kind: step.kind, isWider: false });
      await page.getByRole("button", { name: english.never }).click();
    }
    await page.context().close();
  });
});
