/** The widget's own words, for the collector to send with a survey; no browser bundle contains them. */

import type { SurveyMessages } from "../survey.ts";
import { ar } from "./ar.ts";
import { de } from "./de.ts";
import { en } from "./en.ts";
import { es } from "./es.ts";
import { fr } from "./fr.ts";
import { it } from "./it.ts";
import { ja } from "./ja.ts";
import { nl } from "./nl.ts";
import { pl } from "./pl.ts";
import { pt } from "./pt.ts";
import { sv } from "./sv.ts";
import { zh } from "./zh.ts";

/** The languages that Telltale speaks, by their ISO 639-1 code. */
export const SURVEY_MESSAGES = {
  en,
  de,
  fr,
  es,
  it,
  pt,
  nl,
  sv,
  pl,
  ja,
  zh,
  ar,
} satisfies { [language: string]: SurveyMessages };

/** The code of a language that has its words built in. */
export type SurveyLanguage = keyof typeof SURVEY_MESSAGES;

/** Languages written from right to left, built in or by an own catalogue. */
const RIGHT_TO_LEFT = new Set(["ar", "dv", "fa", "he", "ku", "ps", "sd", "ug", "ur", "yi"]);

/** The language of a BCP 47 tag, in lower case: `pt` of `pt-BR`. */
export function languageOf(tag: string): string {
  return tag.split(/[-_]/, 1)[0]!.toLowerCase();
}

/** The direction in which the language of a BCP 47 tag is written. */
export function directionOf(tag: string): "ltr" | "rtl" {
  return RIGHT_TO_LEFT.has(languageOf(tag)) ? "rtl" : "ltr";
}

/**
 * The built-in language that suits a person best.
 *
 * @param tags - BCP 47 tags in order of preference
 * @returns the first that is built in, else `en`
 */
export function findSurveyLanguage(tags: readonly string[]): SurveyLanguage {
  for (const tag of tags) {
    const language = languageOf(tag);
    if (Object.hasOwn(SURVEY_MESSAGES, language)) return language as SurveyLanguage;
  }
  return "en";
}
