import type { StepTexts, SurveyDefinition } from "../../surveys/survey-definition.ts";
import type { FormFields } from "../form.ts";
import { keepRows, keepText, toLine, toLines } from "./keep.ts";

const PARTS = ["prompt", "lowLabel", "highLabel", "placeholder", "label"] as const;

/**
 * The texts of a question in a further language, as the form holds them; `options` has one a line,
 * `value = text`. A text that the form did not show is null: it stays as it is.
 */
export type TextsDraft = Record<(typeof PARTS)[number] | "options", string | null>;

/** Languages, and in each the texts of the questions by their place in the form. */
export type TranslationsDraft = { locale: string; texts: { [place: string]: TextsDraft } }[];

/** Name of the field of one text. */
export const toTextName = (locale: string, place: string, part: keyof TextsDraft): string =>
  `text-${locale}-${place}-${part}`;

type Options = NonNullable<StepTexts["options"]>;

const toOptionLine = ([value, text]: [string, string]): string => toLine(`${value} = ${text}`);

function toTextsDraft(texts: StepTexts): TextsDraft {
  const part = (name: (typeof PARTS)[number]): string => toLine(texts[name] ?? "");
  return {
    prompt: part("prompt"),
    lowLabel: part("lowLabel"),
    highLabel: part("highLabel"),
    placeholder: part("placeholder"),
    label: part("label"),
    options: Object.entries(texts.options ?? {})
      .map(toOptionLine)
      .join("\n"),
  };
}

/** @param places - of the form, in which a language may have texts */
export function parseTranslations(field: FormFields, places: readonly string[]): TranslationsDraft {
  const locales = new Set(
    field("languages")
      .split(/[\s,;]+/)
      .filter((word) => word !== ""),
  );
  return [...locales].slice(0, 100).map((locale) => ({
    locale: locale.slice(0, 50),
    texts: Object.fromEntries(
      places.map((place) => {
        const lines = (part: keyof TextsDraft): string[] | null => {
          const name = toTextName(locale, place, part);
          return field.all(name).length === 0 ? null : toLines(field(name));
        };
        const texts = PARTS.map((part) => [part, lines(part)?.join("").slice(0, 500) ?? null]);
        const options = lines("options")?.join("\n").slice(0, 10_000) ?? null;
        return [place, { ...Object.fromEntries(texts), options } as TextsDraft];
      }),
    ),
  }));
}

/** Translations as the form shows them. */
export const toTranslationsDraft = (
  translations: SurveyDefinition["translations"],
  toPlace: (stepId: string) => string,
): TranslationsDraft =>
  Object.entries(translations).map(([locale, texts]) => ({
    locale,
    texts: Object.fromEntries(
      Object.entries(texts).map(([id, one]) => [toPlace(id), toTextsDraft(one)]),
    ),
  }));

/**
 * The translations that the form says; a question without any text in a language has none.
 *
 * @param ids - the places of the form with the id of the step before and the step now
 */
export function toTranslations(
  draft: TranslationsDraft,
  before: SurveyDefinition["translations"],
  ids: readonly { place: string; before: string; now: string }[],
): SurveyDefinition["translations"] {
  return Object.fromEntries(
    draft.map(({ locale, texts }) => {
      const known = before[locale] ?? {};
      const steps = ids.flatMap(({ place, before: id, now }) => {
        const last = Object.hasOwn(known, id) ? known[id] : undefined;
        const typed = texts[place];
        const next = typed ? toTexts(typed, last) : last;
        return next ? [[now, next] as const] : [];
      });
      return [locale, Object.fromEntries(steps)];
    }),
  );
}

function toTexts(typed: TextsDraft, last: StepTexts | undefined): StepTexts | undefined {
  const texts: StepTexts = { ...last };
  for (const part of PARTS) {
    if (typed[part] === null) continue;
    const text = keepText(typed[part], last?.[part]);
    if (text) texts[part] = text;
    else delete texts[part];
  }
  const options = typed.options === null ? last?.options : toOptionTexts(typed.options, last);
  if (options) texts.options = options;
  return last || Object.keys(texts).length > 0 ? texts : undefined;
}

/** @returns undefined where there is no text, and was none */
function toOptionTexts(typed: string, last: StepTexts | undefined): Options | undefined {
  const rows = keepRows(toLines(typed), Object.entries(last?.options ?? {}), {
    show: toOptionLine,
    read: (line): [string, string] => {
      const [value = "", ...rest] = line.split(/\s*=\s*/);
      return [value, rest.join(" = ")];
    },
  });
  const said = rows.filter(([, text]) => text !== "");
  return said.length > 0 || last?.options ? Object.fromEntries(said) : undefined;
}
