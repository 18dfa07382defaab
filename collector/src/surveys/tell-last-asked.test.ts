import { SURVEY_MESSAGES } from "@telltale/protocol/messages";
import { describe, expect, it } from "vitest";
import { surveyOf } from "../../test/surveys.ts";
import { type MessageCatalogues, toSurveyContent } from "./survey-content.ts";
import { tellLastAsked } from "./tell-last-asked.ts";

/** Why a person is asked, who was asked on 2 March 2026. */
function whyIn(locale: string, catalogues: MessageCatalogues = {}): string {
  const content = toSurveyContent(surveyOf({ locale }), [locale], catalogues);
  const shownAtMs = Date.parse("2026-03-02T12:00:00Z");
  const past = [{ shownAtMs, isRequested: false }] as Parameters<typeof tellLastAsked>[1];
  return tellLastAsked(content, past).messages.whyText;
}

describe("tellLastAsked", () => {
  const { en, de } = SURVEY_MESSAGES;
  const whyText = "Hvorfor?";

  it.each([
    ["en", `${en.whyText} You were last asked on March 2, 2026.`],
    ["en-GB", `${en.whyText} You were last asked on 2 March 2026.`],
    ["de-AT", `${de.whyText} Zuletzt wurden Sie am 2. März 2026 gefragt.`],
    ["da", `${en.whyText} You were last asked on March 2, 2026.`],
    ["en-12", `${en.whyText} You were last asked on March 2, 2026.`],
  ])("says the day as %s writes it, in the language of the sentence", (locale, said) => {
    expect(whyIn(locale)).toBe(said);
  });

  it("says a project's own sentence with a day of its language", () => {
    const da = { whyText, lastAsked: "Sidst spurgt {date}." };
    expect(whyIn("da", { da })).toBe("Hvorfor? Sidst spurgt 2. marts 2026.");
  });

  it("says nothing where its own sentence would stand before one of another language", () => {
    expect(whyIn("da", { da: { whyText } })).toBe(whyText);
    expect(whyIn("de", { de: { whyText: "Darum." } })).toMatch(/^Darum\. Zuletzt/);
  });
});
