import { SURVEY_MESSAGES } from "@telltale/protocol/messages";
import { describe, expect, it } from "vitest";
import { csatDefinition, surveyOf } from "../../test/surveys.ts";
import { chooseLocale, toSurveyContent } from "./survey-content.ts";

describe("chooseLocale", () => {
  it.each([
    [["de-AT"], "de"],
    [["pt-PT", "en"], "pt-BR"],
    [["xx", "EN-us"], "en"],
    [["ja"], "en"],
    [[], "en"],
  ])("serves %j with %s", (wanted, locale) => {
    expect(chooseLocale(["en", "de", "pt-BR"], wanted)).toBe(locale);
  });
});

describe("toSurveyContent", () => {
  const survey = surveyOf({
    steps: [
      ...csatDefinition.steps.slice(0, 1),
      {
        id: "why",
        kind: "choice",
        prompt: "Why?",
        options: [
          { value: "a", label: "Price" },
          { value: "constructor", label: "Speed" },
        ],
        isMultiple: false,
        hasOther: false,
      },
    ],
    translations: {
      de: {
        rating: { prompt: "Wie war das?", lowLabel: "schlecht" },
        why: { options: { a: "Preis" }, placeholder: "nicht hier" },
      },
    },
  });

  it("translates what is translated, and leaves the rest", () => {
    const { locale, steps } = toSurveyContent(survey, ["de-DE"]);
    expect(locale).toBe("de");
    expect(steps).toMatchObject([
      { prompt: "Wie war das?", lowLabel: "schlecht", scale: 5 },
      { prompt: "Why?", options: [{ label: "Preis" }, { label: "Speed" }] },
    ]);
    expect(steps[1]).not.toHaveProperty("placeholder");
  });

  it("speaks with the widget's words of the same language as the questions", () => {
    expect(toSurveyContent(survey, ["de"]).messages).toEqual(SURVEY_MESSAGES.de);
    expect(toSurveyContent(survey, ["fr"]).messages).toEqual(SURVEY_MESSAGES.en);
  });

  it("takes the words of a project's own catalogue for a language that is not built in", () => {
    const klingon = surveyOf({ translations: { tlh: { rating: { prompt: "?" } } } });
    const { messages } = toSurveyContent(klingon, ["tlh"], { tlh: { close: "SoQmoH" } });
    expect(messages).toEqual({ ...SURVEY_MESSAGES.en, close: "SoQmoH" });
  });
});
