import { describe, expect, it } from "vitest";
import { directionOf, findSurveyLanguage, languageOf, SURVEY_MESSAGES } from "./index.ts";

const languages = Object.entries(SURVEY_MESSAGES);

describe("SURVEY_MESSAGES", () => {
  it("speaks twelve languages", () => {
    expect(Object.keys(SURVEY_MESSAGES).sort()).toEqual([
      "ar",
      "de",
      "en",
      "es",
      "fr",
      "it",
      "ja",
      "nl",
      "pl",
      "pt",
      "sv",
      "zh",
    ]);
  });

  it.each(languages)(
    "has every word in %s, and the places for what is filled in",
    (_, messages) => {
      for (const text of Object.values(messages).flat()) expect(text.trim()).toBe(text);
      for (const text of Object.values(messages).flat()) expect(text).not.toBe("");
      expect(messages.announcement).toContain("{hotkey}");
      expect(messages.ofMax).toContain("{value}");
      expect(messages.ofMax).toContain("{max}");
      expect(messages.lastAsked).toContain("{date}");
      expect(new Set(messages.faces).size).toBe(5);
    },
  );

  it.each(languages.filter(([language]) => language !== "en"))(
    "leaves nothing English in %s",
    (_, messages) => {
      const { region, announcement, later, never, why, whyText, lastAsked, thanks } = messages;
      const english = new Set(Object.values(SURVEY_MESSAGES.en).flat());
      for (const text of [region, announcement, later, never, why, whyText, lastAsked, thanks]) {
        expect(english.has(text)).toBe(false);
      }
    },
  );
});

describe("findSurveyLanguage", () => {
  it.each([
    [["de-AT", "en"], "de"],
    [["tlh", "pt-BR"], "pt"],
    [["zh_Hans_CN"], "zh"],
    [["AR"], "ar"],
    [["constructor"], "en"],
    [[], "en"],
  ])("finds for %j the language %s", (tags, language) => {
    expect(findSurveyLanguage(tags)).toBe(language);
  });
});

describe("directionOf", () => {
  it("tells right-to-left languages, whatever the region", () => {
    expect([directionOf("ar-EG"), directionOf("he"), directionOf("en-AE")]).toEqual([
      "rtl",
      "rtl",
      "ltr",
    ]);
    expect(languageOf("pt-BR")).toBe("pt");
  });
});
