import type { SurveyStep } from "@telltale/protocol";
import type { FormFields } from "../form.ts";
import { oneOf } from "../one-of.ts";
import { type BranchDraft, parseBranches, toBranchDraft } from "./branch-draft.ts";
import { toLine, toLines } from "./keep.ts";
import { toOptionLines } from "./option-lines.ts";
import {
  DISPLAY_WORDS,
  kindOf,
  MEASURE_WORDS,
  PROMPTS,
  type Rating,
  STEP_KINDS,
  type StepKind,
} from "./step-kinds.ts";

/** A step of a survey but its thanks. */
export type Question = Exclude<SurveyStep, { kind: "thanks" }>;

/** A question as the form holds it. */
export interface StepDraft {
  /** Of the step that it stands for; empty for a new one. */
  id: string;
  /** Empty: no question. */
  kind: StepKind | "";
  /** Where it stands among the others. */
  position: string;
  prompt: string;
  lowLabel: string;
  highLabel: string;
  measure: Rating["measure"];
  display: Rating["display"];
  scale: string;
  /** Of a choice: one a line, `label [value] # tag`. */
  options: string;
  hasOther: boolean;
  isShuffled: boolean;
  placeholder: string;
  isOptional: boolean;
  maxLength: string;
  href: string;
  /** Of a link. */
  label: string;
  branches: BranchDraft[];
}

const KINDS = Object.keys(STEP_KINDS) as StepKind[];

/** A question that nobody filled in yet. */
export const emptyStep = (number: number): StepDraft => ({
  id: "",
  kind: "",
  position: String(number),
  prompt: "",
  lowLabel: "",
  highLabel: "",
  measure: "custom",
  display: "numbers",
  scale: "10",
  options: "",
  hasOther: true,
  isShuffled: false,
  placeholder: "",
  isOptional: number > 1,
  maxLength: "2000",
  href: "",
  label: "",
  branches: [],
});

/** Reads the question with this number; a form that does not show it says nothing of it. */
export function parseStep(field: FormFields, number: number): StepDraft {
  const empty = emptyStep(number);
  const word = (name: string, longest: number): string =>
    toLine(field(`${name}-${number}`)).slice(0, longest);
  const isChecked = (name: string, usual: boolean): boolean =>
    field("form") === "" ? usual : field(`${name}-${number}`) !== "";
  const kind = KINDS.find((one) => one === word("kind", 20)) ?? "";
  const prompt = word("prompt", 500);
  // A question that nobody wrote changes with the kind.
  const isOurs = kind !== "" && word("id", 64) === "" && Object.values(PROMPTS).includes(prompt);
  return {
    id: word("id", 64),
    kind,
    position: word("position", 2) || empty.position,
    prompt: isOurs ? PROMPTS[kind] : prompt,
    lowLabel: word("low", 100),
    highLabel: word("high", 100),
    measure: oneOf(MEASURE_WORDS, word("measure", 10), empty.measure),
    display: oneOf(DISPLAY_WORDS, word("display", 10), empty.display),
    scale: word("scale", 2) || empty.scale,
    options: toLines(field(`options-${number}`))
      .join("\n")
      .slice(0, 10_000),
    hasOther: isChecked("other", empty.hasOther),
    isShuffled: isChecked("shuffled", empty.isShuffled),
    placeholder: word("placeholder", 100),
    isOptional: isChecked("optional", empty.isOptional),
    maxLength: word("max", 5) || empty.maxLength,
    href: word("href", 2_000),
    label: word("label", 100),
    branches: parseBranches(field, number),
  };
}

/** A step as the form shows it. */
export function toStepDraft(
  step: Question,
  number: number,
  toPlace: (stepId: string) => string,
): StepDraft {
  const draft: StepDraft = {
    ...emptyStep(number),
    id: step.id,
    kind: kindOf(step),
    prompt: toLine(step.prompt),
    branches: (step.branches ?? []).map(toBranchDraft({ toPlace })),
  };
  switch (step.kind) {
    case "rating":
    case "nps":
      return {
        ...draft,
        lowLabel: toLine(step.lowLabel ?? ""),
        highLabel: toLine(step.highLabel ?? ""),
        ...(step.kind === "rating" && {
          measure: step.measure,
          display: step.display,
          scale: String(step.scale),
        }),
      };
    case "choice":
      return {
        ...draft,
        options: toOptionLines(step.options),
        hasOther: step.hasOther,
        isShuffled: step.isShuffled ?? false,
      };
    case "text":
      return {
        ...draft,
        placeholder: toLine(step.placeholder ?? ""),
        isOptional: step.isOptional,
        maxLength: String(step.maxLength),
      };
    case "link":
      return { ...draft, href: toLine(step.href), label: toLine(step.label) };
    default:
      return draft;
  }
}
