import type { FC } from "hono/jsx";
import { AreaField, TextField } from "../ui/field.tsx";
import { Panel } from "../ui/parts.tsx";
import type { SurveyDraft } from "./draft.ts";
import { toOptions } from "./option-lines.ts";
import type { StepDraft } from "./step-draft.ts";
import { type TextsDraft, toTextName } from "./translation-draft.ts";

/** The texts of a survey in further languages. */
export const LanguageFields: FC<{ draft: SurveyDraft }> = ({ draft }) => (
  <Panel title="Languages" note="each person reads their own, where there is a text">
    <div class="stack">
      <div class="columns three">
        <TextField
          name="locale"
          label="Language of the texts above"
          value={draft.locale}
          input={{ maxlength: 50 }}
        />
        <TextField
          name="languages"
          label="Further languages"
          value={draft.translations.map(({ locale }) => locale).join(", ")}
          hint="Such as de, pt-BR; then show the form again, to write their texts"
          input={{ maxlength: 2_000, placeholder: "de, fr" }}
        />
      </div>
      {draft.translations.map(({ locale, texts }) => (
        <details class="language" open>
          <summary>{toLanguageName(locale)}</summary>
          <div class="stack">
            {draft.steps.map(
              (step, at) =>
                step.kind !== "" && (
                  <StepTextFields
                    step={step}
                    texts={texts[String(at + 1)] ?? {}}
                    locale={locale}
                    place={String(at + 1)}
                  />
                ),
            )}
            {draft.thanks !== "" && (
              <TextField
                name={toTextName(locale, "thanks", "prompt")}
                label={`Thanks: ${draft.thanks}`}
                value={texts.thanks?.prompt ?? ""}
                input={{ maxlength: 500, lang: locale }}
              />
            )}
          </div>
        </details>
      ))}
    </div>
  </Panel>
);

const WORDS: Record<Exclude<keyof TextsDraft, "options" | "prompt">, string> = {
  lowLabel: "low end",
  highLabel: "high end",
  placeholder: "shown while empty",
  label: "words of the link",
};

interface TextsProps {
  step: StepDraft;
  texts: Partial<TextsDraft>;
  locale: string;
  place: string;
}

/** Fields for what the question says, and for what the language has of it already. */
const StepTextFields: FC<TextsProps> = ({ step, texts, locale, place }) => {
  const name = (part: keyof TextsDraft): string => toTextName(locale, place, part);
  const parts = (Object.keys(WORDS) as (keyof typeof WORDS)[]).filter(
    (part) => texts[part] || isSaid(step, part),
  );
  const isChoice = step.kind === "choice" || step.kind === "choices";
  return (
    <fieldset class="stack tight">
      <legend>Question {place}</legend>
      <TextField
        name={name("prompt")}
        label={step.prompt || "Question"}
        value={texts.prompt ?? ""}
        input={{ maxlength: 500, lang: locale }}
      />
      {parts.map((part) => (
        <TextField
          name={name(part)}
          label={`${WORDS[part]}${step[part] ? `: ${step[part]}` : ""}`}
          value={texts[part] ?? ""}
          input={{ maxlength: 100, lang: locale }}
        />
      ))}
      {(isChoice || texts.options) && (
        <AreaField
          name={name("options")}
          label="Options, one a line: value = text"
          value={withMissing(texts.options ?? "", step.options)}
          input={{ maxlength: 10_000, lang: locale }}
        />
      )}
    </fieldset>
  );
};

function isSaid(step: StepDraft, part: keyof typeof WORDS): boolean {
  const isKind = part === "label" ? step.kind === "link" : true;
  const isText = part === "placeholder" ? step.kind === "text" : true;
  return step[part] !== "" && isKind && isText;
}

/** Lines for the options that have no text yet. */
function withMissing(lines: string, options: string): string {
  const values = toOptions(options, []).map(({ value }) => value);
  const missing = [...new Set(values)].filter(
    (value) =>
      value === value.trim() &&
      !value.includes("=") &&
      !lines.split("\n").some((line) => line.startsWith(`${value} =`)),
  );
  return [...(lines === "" ? [] : [lines]), ...missing.map((value) => `${value} = `)].join("\n");
}

const languageNames = new Intl.DisplayNames("en", { type: "language" });

/** The English name of a language; a tag that is none stays as it is. */
export function toLanguageName(locale: string): string {
  try {
    return languageNames.of(locale) ?? locale;
  } catch {
    return locale;
  }
}
