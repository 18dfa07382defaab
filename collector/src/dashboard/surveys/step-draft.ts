import type { SurveyStep } from "@telltale/protocol";

/** A question as the form holds it. */
export interface StepDraft {
  /** Of the step that it stands for; empty for a new one. */
  id: string;
  /** Empty: no question. */
  kind: StepKind | "";
  prompt: string;
  /** Of a choice: one a line, `label` or `label # tag`. */
  options: string;
}

/** What the form can ask. Everything else of a step is for the REST interface, and is kept. */
export const STEP_KINDS = {
  nps: { word: "NPS: would they recommend it? 0 to 10", id: "nps" },
  csat: { word: "CSAT: five faces", id: "rating" },
  faces3: { word: "CSAT: three faces", id: "rating" },
  stars: { word: "CSAT: five stars", id: "rating" },
  ces: { word: "CES: effort, 1 to 7", id: "effort" },
  thumbs: { word: "Thumbs up or down", id: "thumbs" },
  choice: { word: "One of several options", id: "choice" },
  choices: { word: "Several of several options", id: "choice" },
  text: { word: "A short text", id: "comment" },
  kept: { word: "As it was made with the API", id: "step" },
} as const;

export type StepKind = keyof typeof STEP_KINDS;

/** What a new question says until somebody writes one. */
export const PROMPTS: Record<StepKind, string> = {
  nps: "How likely are you to recommend us to a colleague?",
  csat: "How did that go?",
  faces3: "How did that go?",
  stars: "How satisfied are you with this feature?",
  ces: "How easy was it to get this done?",
  thumbs: "Was this helpful?",
  choice: "What would help you most?",
  choices: "What would help you?",
  text: "What is missing?",
  kept: "",
};

/** The kind of the form that a step is of. */
export function kindOf(step: SurveyStep): StepKind {
  switch (step.kind) {
    case "nps":
    case "thumbs":
    case "text":
      return step.kind;
    case "choice":
      return step.isMultiple ? "choices" : "choice";
    case "rating": {
      const { measure, display, scale } = step;
      if (measure === "csat" && display === "faces") return scale === 3 ? "faces3" : "csat";
      if (measure === "csat" && display === "stars" && scale === 5) return "stars";
      if (measure === "ces" && display === "numbers" && scale === 7) return "ces";
      return "kept";
    }
    default:
      return "kept";
  }
}

/** A step as the form shows it. */
export function toStepDraft(step: SurveyStep): StepDraft {
  const options =
    step.kind === "choice"
      ? step.options.map(({ label, tag }) => (tag ? `${label} # ${tag}` : label)).join("\n")
      : "";
  return { id: step.id, kind: kindOf(step), prompt: step.prompt, options };
}

/**
 * The step that a filled-in question stands for. A question that keeps its kind keeps its id and
 * whatever the form does not show; one that changes its kind is a new question.
 *
 * @param known - the survey's steps before
 * @param taken - ids that may not be used
 */
export function toStep(
  draft: StepDraft & { kind: StepKind },
  known: readonly SurveyStep[],
  taken: ReadonlySet<string>,
): SurveyStep {
  const { kind, options } = draft;
  const prompt = draft.prompt || PROMPTS[kind];
  const before = known.find(({ id }) => id === draft.id);
  if (before && kindOf(before) === kind) {
    if (before.kind !== "choice") return { ...before, prompt };
    return { ...before, prompt, options: toOptions(options, before.options) };
  }
  const id = freeId(STEP_KINDS[kind].id, taken);
  switch (kind) {
    case "nps":
      return { id, kind, prompt };
    case "csat":
      return { id, kind: "rating", measure: "csat", display: "faces", scale: 5, prompt };
    case "faces3":
      return { id, kind: "rating", measure: "csat", display: "faces", scale: 3, prompt };
    case "stars":
      return { id, kind: "rating", measure: "csat", display: "stars", scale: 5, prompt };
    case "ces":
      return { id, kind: "rating", measure: "ces", display: "numbers", scale: 7, prompt };
    case "thumbs":
      return { id, kind, prompt };
    case "choice":
    case "choices":
      return {
        id,
        kind: "choice",
        prompt,
        options: toOptions(options, []),
        isMultiple: kind === "choices",
        hasOther: true,
      };
    default:
      return { id, kind: "text", prompt, isOptional: taken.size > 0, maxLength: 2_000 };
  }
}

type Option = Extract<SurveyStep, { kind: "choice" }>["options"][number];

function toOptions(lines: string, before: readonly Option[]): Option[] {
  const values = new Set<string>();
  return lines
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "" && line !== "#")
    .map((line) => {
      const [label = "", tag = ""] = line.split(/\s#\s*/, 2).map((part) => part.trim());
      const known = before.find((option) => option.label === label);
      const value = known?.value ?? freeId(toWord(label) || "option", values);
      values.add(value);
      return { value, label, ...(tag !== "" && { tag }) };
    });
}

const toWord = (text: string): string => {
  const word = text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "")
    .slice(0, 50);
  // The answer in own words goes by this name.
  return word === "other" ? "other-option" : word;
};

/** @returns the word, or `word-2`, `word-3` … where it is taken */
function freeId(word: string, taken: ReadonlySet<string>): string {
  if (!taken.has(word)) return word;
  for (let number = 2; ; number += 1) {
    if (!taken.has(`${word}-${number}`)) return `${word}-${number}`;
  }
}
