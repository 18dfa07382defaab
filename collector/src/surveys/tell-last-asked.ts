import type { SurveyContent } from "@telltale/protocol";
import { findSurveyLanguage } from "@telltale/protocol/messages";
import type { PromptRecord } from "./claim-queries.ts";

/**
 * Tells a person who asks why when they were asked before: the day, in UTC, in the survey's language.
 * Prompts that they opened themselves do not count.
 */
export function tellLastAsked(content: SurveyContent, past: PromptRecord["past"]): SurveyContent {
  const { messages, locale } = content;
  const times = past.flatMap(({ shownAtMs, isRequested }) =>
    shownAtMs === null || isRequested ? [] : [shownAtMs],
  );
  if (times.length === 0) return content;
  const language = findSurveyLanguage([locale]);
  const format = new Intl.DateTimeFormat(language, { dateStyle: "long", timeZone: "UTC" });
  const sentence = messages.lastAsked.replace("{date}", format.format(Math.max(...times)));
  return { ...content, messages: { ...messages, whyText: `${messages.whyText} ${sentence}` } };
}
