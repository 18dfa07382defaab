import type { Json, SurveyAnsweredProperties, SurveyStep } from "@telltale/protocol";
import type { ResponseMeasure } from "../db/schema/surveys.ts";

/** Longest comment that is kept, in UTF-16 code units; a step may allow less. */
export const MAX_COMMENT_LENGTH = 8_000;
const MAX_OTHER_LENGTH = 500;

/** An answer to one question, as it is stored. */
export interface Answer {
  measure: ResponseMeasure;
  /** Rating 1 to its scale, NPS 0–10, thumbs 0 or 1; null where there is no number. */
  value: number | null;
  /** The same on 0–100, higher is happier; null for comments, choices and own measures. */
  value100: number | null;
  choices: string[];
  text: string | null;
}

/** Whatever a sender put there. */
type Properties = { [Name in keyof SurveyAnsweredProperties]?: Json };

function wholeNumber(value: Json | undefined, from: number, to: number): number | null {
  return typeof value === "number" && Number.isInteger(value) && value >= from && value <= to
    ? value
    : null;
}

function comment(value: Json | undefined, maxLength: number): string | null {
  if (typeof value !== "string") return null;
  // Cutting may leave half of a surrogate pair, which is no text.
  const text = value
    .trim()
    .slice(0, maxLength)
    .replace(/[\ud800-\udbff]$/, "");
  return text === "" ? null : text;
}

function rated(measure: ResponseMeasure, value: number | null, value100: number): Answer | null {
  if (value === null) return null;
  return {
    measure,
    value,
    value100: measure === "custom" ? null : value100,
    choices: [],
    text: null,
  };
}

/**
 * Reads the answer to a step out of the properties of `Survey Answered`. Ratings become 0–100 in a
 * straight line, so the lowest mark is 0 and the highest 100; the highest CES mark is the easiest.
 *
 * @returns null when it is no possible answer to that step, or says nothing
 */
export function toAnswer(step: SurveyStep, properties: Properties): Answer | null {
  switch (step.kind) {
    case "rating": {
      const value = wholeNumber(properties.value, 1, step.scale);
      return rated(step.measure, value, (((value ?? 1) - 1) / (step.scale - 1)) * 100);
    }
    case "nps": {
      const value = wholeNumber(properties.value, 0, 10);
      return rated("nps", value, (value ?? 0) * 10);
    }
    case "thumbs": {
      const value = wholeNumber(properties.value, 0, 1);
      return rated("thumbs", value, (value ?? 0) * 100);
    }
    case "link":
      return rated("custom", wholeNumber(properties.value, 1, 1), 0);
    case "choice": {
      const given = Array.isArray(properties.choices) ? properties.choices : [];
      const chosen = step.options
        .map(({ value }) => value)
        .filter((value) => given.includes(value));
      const choices = step.isMultiple ? chosen : chosen.slice(0, 1);
      const text = step.hasOther ? comment(properties.text, MAX_OTHER_LENGTH) : null;
      if (choices.length === 0 && text === null) return null;
      return { measure: "choice", value: null, value100: null, choices, text };
    }
    case "text": {
      const text = comment(properties.text, Math.min(step.maxLength, MAX_COMMENT_LENGTH));
      if (text === null) return null;
      return { measure: "comment", value: null, value100: null, choices: [], text };
    }
    case "thanks":
      return null;
  }
}
