import { describe, expect, it } from "vitest";
import { csatSteps, surveyOf } from "../src/testing/fixtures.ts";
import { useStage } from "./stage.ts";

const stage = useStage();

const ids = { survey_id: "s1", impression_id: "i1" };

describe("a CSAT question with a text for low ratings", () => {
  it("is answered with one tap and a sentence", async () => {
    const { page, notify, tracked, complaints } = await stage.play({ survey: surveyOf(csatSteps) });
    await notify("Task Completed", { task: "export" });
    await page.getByRole("radio", { name: "Bad", exact: true }).click();
    await page.getByRole("textbox", { name: "What went wrong?" }).fill("It is slow");
    await page.getByRole("button", { name: "Send" }).click();
    await page.getByText("Thank you. We read every answer.").first().waitFor();
    expect(await tracked()).toEqual([
      ["Survey Shown", ids],
      ["Survey Answered", { ...ids, question_id: "rating", value: 2, is_final: false }],
      ["Survey Answered", { ...ids, question_id: "text", text: "It is slow", is_final: true }],
    ]);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it("is answered by the keyboard alone: arrows move, only Space or Enter choose", async () => {
    const { page, notify, tracked } = await stage.play({ survey: surveyOf(csatSteps) });
    await notify("Task Completed", { task: "export" });
    await page.locator("#name").focus();
    await page.locator("telltale-prompt").waitFor({ state: "attached" });
    expect(await page.evaluate(() => document.activeElement?.id)).toBe("name");
    await page.keyboard.press("F8");
    const first = page.getByRole("radio", { name: "Very bad" });
    await expect.poll(() => first.evaluate((mark) => mark.matches(":focus"))).toBe(true);
    for (const key of ["ArrowRight", "ArrowDown", "ArrowLeft", "ArrowUp", "ArrowLeft"])
      await page.keyboard.press(key);
    expect((await tracked()).map(([event]) => event)).toEqual(["Survey Shown"]);
    await page.keyboard.press("Space");
    await page.getByText("Thank you").first().waitFor();
    await page.keyboard.press("Escape");
    expect(await page.locator("telltale-prompt").count()).toBe(0);
    expect(await page.evaluate(() => document.activeElement?.id)).toBe("name");
    expect((await tracked()).slice(1)).toEqual([
      ["Survey Answered", { ...ids, question_id: "rating", value: 5, is_final: true }],
    ]);
    await page.context().close();
  });

  it.each([
    ["Close", ["Survey Dismissed", { ...ids, question_id: "rating" }]],
    ["Ask me later", ["Survey Postponed", { ...ids, question_id: "rating", until: "later" }]],
    ["Don’t ask again", ["Survey Postponed", { ...ids, question_id: "rating", until: "never" }]],
  ])("goes at once on “%s”, and records it", async (name, record) => {
    const { page, notify, tracked } = await stage.play({ survey: surveyOf(csatSteps) });
    await notify("Task Completed", {});
    await page.getByRole("button", { name }).click();
    expect(await page.locator("telltale-prompt").count()).toBe(0);
    expect((await tracked())[1]).toEqual(record);
    await page.context().close();
  });

  it("draws itself under a strict policy without a complaint", async () => {
    const { page, notify, complaints } = await stage.play({
      survey: surveyOf(csatSteps),
      policy:
        "default-src 'self'; style-src 'self'; require-trusted-types-for 'script'; trusted-types 'none'",
    });
    await notify("Task Completed", {});
    const card = page.locator("telltale-prompt .box");
    await card.waitFor();
    expect(await card.evaluate((node) => getComputedStyle(node).borderRadius)).toBe("14px");
    expect(complaints).toEqual([]);
    await page.context().close();
  });
});

describe("a choice in a shuffled order", () => {
  it("is answered by value, with “other” last, and stays in its order on the way back", async () => {
    const options = Array.from({ length: 9 }, (_, at) => ({ value: `v${at}`, label: `Way ${at}` }));
    const choice = { id: "way", kind: "choice", prompt: "Which way?", options } as const;
    const survey = surveyOf([
      { ...choice, isMultiple: false, hasOther: true, isShuffled: true },
      { id: "text", kind: "text", prompt: "Why?", isOptional: true, maxLength: 99 },
    ]);
    const { page, notify, tracked } = await stage.play({ survey });
    // Always the first of what is left: each option but the first moves one place up.
    await page.evaluate("Math.random = () => 0");
    await notify("Task Completed");
    const labels = () => page.getByRole("radio").allTextContents();
    await page.getByRole("radio", { name: "Way 3" }).waitFor();
    const before = await labels();
    const [first, ...others] = options.map(({ label }) => label);
    expect(before).toEqual([...others, first, "Other"]);
    await page.getByRole("radio", { name: "Way 3" }).click();
    expect((await tracked()).at(-1)?.[1].choices).toEqual(["v3"]);
    await page.getByRole("button", { name: "Back" }).click();
    await page.getByRole("radio", { name: "Way 3" }).waitFor();
    expect(await labels()).toEqual(before);
    await page.context().close();
  });
});
