import type { SurveyContent, SurveyMessages, SurveyStep } from "@telltale/protocol";
import { ENGLISH } from "./messages.ts";
import type { StepTexts, Survey } from "./survey-definition.ts";

/** Languages that are written from right to left. */
const RTL = new Set(["ar", "arc", "ckb", "dv", "fa", "he", "ku", "ps", "sd", "ug", "ur", "yi"]);

/** The widget's own words by language. */
const MESSAGES: ReadonlyMap<string, SurveyMessages> = new Map([["en", ENGLISH]]);

const languageOf = (locale: string): string => locale.toLowerCase().split(/[-_]/, 1)[0] ?? "";

/** The writing direction of a language. */
export function directionOf(locale: string): "ltr" | "rtl" {
  return RTL.has(languageOf(locale)) ? "rtl" : "ltr";
}

/**
 * Chooses one of the languages that exist: the first wish that exists exactly, or whose language
 * does, wins; without any, the first that exists.
 *
 * @param available - the first is the fallback
 * @param wanted - BCP 47 tags in order of preference
 */
export function chooseLocale(available: [string, ...string[]], wanted: string[]): string {
  for (const wish of wanted) {
    const exact = available.find((locale) => locale.toLowerCase() === wish.toLowerCase());
    const near = available.find((locale) => languageOf(locale) === languageOf(wish));
    const found = exact ?? near;
    if (found) return found;
  }
  return available[0];
}

function withTexts(step: SurveyStep, texts: StepTexts | undefined): SurveyStep {
  if (!texts) return step;
  const { options, ...plain } = texts;
  const known = Object.entries(plain).filter(
    ([name, text]) =>
      text !== undefined && (name === "prompt" || name in step || isLabel(step, name)),
  );
  const translated = { ...step, ...Object.fromEntries(known) } as SurveyStep;
  if (translated.kind !== "choice" || !options) return translated;
  return {
    ...translated,
    options: translated.options.map(({ value, label }) => ({
      value,
      label: options[value] ?? label,
    })),
  };
}

const isLabel = (step: SurveyStep, name: string): boolean =>
  (step.kind === "rating" || step.kind === "nps") && (name === "lowLabel" || name === "highLabel");

/** A survey in the language that suits a person best. */
export function toSurveyContent(survey: Survey, locales: string[]): SurveyContent {
  const { definition, id, key, name } = survey;
  const locale = chooseLocale(
    [definition.locale, ...Object.keys(definition.translations)],
    locales,
  );
  const texts = definition.translations[locale] ?? {};
  return {
    id,
    key,
    name,
    locale,
    direction: directionOf(locale),
    steps: definition.steps.map((step) => withTexts(step, texts[step.id])),
    appearance: definition.appearance,
    messages: MESSAGES.get(languageOf(locale)) ?? ENGLISH,
  };
}
