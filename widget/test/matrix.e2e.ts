import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import type { SurveyStep } from "@telltale/protocol";
import { directionOf, SURVEY_MESSAGES } from "@telltale/protocol/messages";
import type { AxeResults } from "axe-core";
import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { surveyOf } from "../src/testing/fixtures.ts";
import { questionSteps } from "../src/testing/questions.ts";
import { useStage } from "./stage.ts";

const axeSource = await readFile(
  createRequire(import.meta.url).resolve("axe-core/axe.min.js"),
  "utf8",
);
/** A folder for pictures of every state, to be looked at. */
const pictures = process.env.WIDGET_PICTURES;

const stage = useStage();

async function faultsOf(page: Page, scope = "document"): Promise<string[]> {
  const { violations } = (await page.evaluate(`axe.run(${scope})`)) as AxeResults;
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
}

/** Controls that are smaller than a fingertip, or reach out of the card. */
function badControls(page: Page): Promise<string[]> {
  return page.locator("telltale-prompt .box").evaluate((card) => {
    const frame = card.getBoundingClientRect();
    return [...card.querySelectorAll<HTMLElement>("button, textarea, a, input")]
      .filter((control) => control.checkVisibility())
      .filter((control) => {
        const { width, height, left, right } = control.getBoundingClientRect();
        return width < 43.99 || height < 43.99 || left < frame.left || right > frame.right;
      })
      .map((control) => control.outerHTML);
  });
}

const themes = ["light", "dark"] as const;
const locales = ["en", "ar"] as const;
const follow: SurveyStep = {
  id: "more",
  kind: "text",
  prompt: "Why?",
  isOptional: true,
  maxLength: 99,
};

describe.each([390, 1440])("at a width of %i pixels", (width) => {
  it.each(themes)(
    "every kind of question passes axe and fits, in %s, in both directions",
    async (theme) => {
      const { page, show, complaints } = await stage.play({
        survey: surveyOf([follow]),
        css: theme === "dark" ? "html{background:#101116;color:#eee}" : "html{background:#fff}",
        context: { viewport: { width, height: 800 }, reducedMotion: "reduce" },
      });
      await page.evaluate(axeSource);
      const states = Object.entries(questionSteps).flatMap(([kind, step]) =>
        locales.map((locale) => ({ kind, step, locale })),
      );
      for (const { kind, step, locale } of states) {
        const messages = SURVEY_MESSAGES[locale];
        const appearance = { theme, position: "bottom_right", anchor: "#name" } as const;
        const direction = directionOf(locale);
        await show(surveyOf([step, follow], { locale, direction, messages, appearance }));
        const state = `${kind}-${theme}-${locale}-${width}`;
        if (pictures) await page.screenshot({ path: `${pictures}/${state}.png` });
        await page.getByRole("button", { name: messages.why }).click();
        await page.getByText(messages.whyText).waitFor();
        expect({
          state,
          faults: await faultsOf(page, "'telltale-prompt'"),
          bad: await badControls(page),
        }).toEqual({ state, faults: [], bad: [] });
        await page.getByRole("button", { name: messages.close, exact: true }).click();
      }
      await show(surveyOf([follow]));
      expect(await faultsOf(page)).toEqual([]);
      expect(complaints).toEqual([]);
      await page.context().close();
    },
  );
});
