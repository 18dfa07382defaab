import type { SurveyContent } from "@telltale/protocol";
import { findSurveyLanguage, languageOf, SURVEY_MESSAGES } from "@telltale/protocol/messages";
import type { PromptRecord } from "./claim-queries.ts";

/**
 * Tells a person who asks why when they were asked before: the day, in UTC, in the language of the
 * sentence. Prompts that they opened themselves do not count.
 */
export function tellLastAsked(content: SurveyContent, past: PromptRecord["past"]): SurveyContent {
  const { messages } = content;
  const times = past.flatMap(({ shownAtMs, isRequested }) =>
    shownAtMs === null || isRequested ? [] : [shownAtMs],
  );
  if (times.length === 0 || messages.lastAsked === "") return content;
  const date = toDateFormat(content).format(Math.max(...times));
  const sentence = messages.lastAsked.replace("{date}", date);
  return { ...content, messages: { ...messages, whyText: `${messages.whyText} ${sentence}` } };
}

function toDateFormat({ locale, messages }: SurveyContent): Intl.DateTimeFormat {
  const options = { dateStyle: "long", timeZone: "UTC" } as const;
  const builtIn = findSurveyLanguage([locale]);
  const isSentenceOurs = messages.lastAsked === SURVEY_MESSAGES[builtIn].lastAsked;
  if (isSentenceOurs && languageOf(locale) !== builtIn) {
    return new Intl.DateTimeFormat(builtIn, options);
  }
  try {
    return new Intl.DateTimeFormat([locale, builtIn], options);
  } catch {
    // A survey takes tags that only look like a language's.
    return new Intl.DateTimeFormat(builtIn, options);
  }
}
