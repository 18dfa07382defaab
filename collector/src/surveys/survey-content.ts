import type { SurveyContent, SurveyMessages, SurveyStep } from "@telltale/protocol";
import {
  directionOf,
  findSurveyLanguage,
  languageOf,
  SURVEY_MESSAGES,
} from "@telltale/protocol/messages";
import type { StepTexts, Survey } from "./survey-definition.ts";

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

/** A step as a browser may know it. */
function withoutTags(step: SurveyStep): SurveyStep {
  if (step.kind !== "choice") return step;
  return { ...step, options: step.options.map(({ value, label }) => ({ value, label })) };
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
      label: (Object.hasOwn(options, value) ? options[value] : undefined) ?? label,
    })),
  };
}

const isLabel = (step: SurveyStep, name: string): boolean =>
  (step.kind === "rating" || step.kind === "nps") && (name === "lowLabel" || name === "highLabel");

/** The widget's words in further languages, or other words than ours, by language. */
export interface MessageCatalogues {
  [language: string]: Partial<SurveyMessages>;
}

/** The widget's own words in the language that is nearest to one. */
export function messagesIn(locale: string, catalogues: MessageCatalogues): SurveyMessages {
  const own = catalogues[locale] ?? catalogues[languageOf(locale)] ?? {};
  const language = findSurveyLanguage([locale]);
  // Our English sentence does not follow a reason in a language that is not built in.
  const isAlone = own.whyText !== undefined && languageOf(locale) !== language;
  return { ...SURVEY_MESSAGES[language], ...(isAlone && { lastAsked: "" }), ...own };
}

/**
 * A survey in the language that suits a person best.
 *
 * @param locales - BCP 47 tags in order of preference
 */
export function toSurveyContent(
  survey: Survey,
  locales: string[],
  catalogues: MessageCatalogues = {},
): SurveyContent {
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
    steps: definition.steps.map((step) => withTexts(withoutTags(step), texts[step.id])),
    appearance: definition.appearance,
    messages: messagesIn(locale, catalogues),
  };
}
