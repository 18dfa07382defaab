import type { SurveyStep } from "@telltale/protocol";
import { describe, expect, it } from "vitest";
import { toAskedSteps } from "./asked-steps.ts";
import type { Survey, SurveyDefinition, SurveyVersion } from "./survey-definition.ts";

const text = (id: string, prompt: string): SurveyStep => ({
  id,
  kind: "text",
  prompt,
  isOptional: false,
  maxLength: 100,
});
const choice = (...values: string[]): SurveyStep => ({
  id: "reason",
  kind: "choice",
  prompt: "Why?",
  options: values.map((value) => ({ value, label: value })),
  isMultiple: false,
  hasOther: false,
});
const version = (at: number, ...steps: SurveyStep[]): SurveyVersion => ({
  version: at,
  definition: { steps } as SurveyDefinition,
  publishedAt: new Date(at * 1_000),
});
const surveyOf = ({ definition }: SurveyVersion) => ({ definition }) as Survey;

describe("toAskedSteps", () => {
  it("keeps a question that is no longer asked, behind those that are", () => {
    const last = version(2, text("new", "New?"));
    const asked = toAskedSteps(surveyOf(last), [version(1, text("old", "Old?")), last], {
      fromMs: 0,
      toMs: 9_000,
    });
    expect(asked.map(({ step, isAsked }) => [step.id, isAsked])).toEqual([
      ["new", true],
      ["old", false],
    ]);
  });

  it("leaves out what was asked before the time that is looked at", () => {
    const last = version(2, text("new", "New?"));
    const versions = [version(1, text("old", "Old?")), last];
    const asked = toAskedSteps(surveyOf(last), versions, { fromMs: 2_000, toMs: 9_000 });
    expect(asked.map(({ step }) => step.id)).toEqual(["new"]);
  });

  it("names each wording once, with its beginning", () => {
    const last = version(3, text("q", "B?"));
    const versions = [version(1, text("q", "A?")), version(2, text("q", "B?")), last];
    const [asked] = toAskedSteps(surveyOf(last), versions, { fromMs: 0, toMs: 9_000 });
    expect(asked?.wordings).toEqual([
      { prompt: "A?", since: new Date(1_000).toISOString() },
      { prompt: "B?", since: new Date(2_000).toISOString() },
    ]);
  });

  it("keeps the options that a choice no longer offers", () => {
    const last = version(2, choice("price", "speed"));
    const versions = [version(1, choice("price", "support")), last];
    const [asked] = toAskedSteps(surveyOf(last), versions, { fromMs: 0, toMs: 9_000 });
    expect(asked?.step).toMatchObject({
      options: [{ value: "price" }, { value: "speed" }, { value: "support" }],
    });
  });
});
