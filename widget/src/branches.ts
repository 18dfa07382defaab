import type { StepBranch, SurveyStep } from "@telltale/protocol";

/** What a person answered to one step. Without any of the three, the step was left out. */
export interface SurveyAnswer {
  /** Rating 1 to its scale, NPS 0–10, thumbs 0 or 1, link 1. */
  value?: number;
  /** Values of the chosen options. */
  choices?: string[];
  /** Free text, also of "other". */
  text?: string;
}

function matchesBranch({ operator, value }: StepBranch["when"], answer: SurveyAnswer): boolean {
  const { value: number = Number.NaN, choices = [], text } = answer;
  const given = [number, text, ...choices].map(String);
  switch (operator) {
    case "at_most":
      return number <= Number(value);
    case "at_least":
      return number >= Number(value);
    case "includes":
      return given.some((part, at) =>
        at === 1
          ? part.toLowerCase().includes(String(value).toLowerCase())
          : part === String(value),
      );
    case "equals":
      return choices.length < 2 && given.includes(String(value));
  }
}

/**
 * Where an answer leads: the first branch that matches, else the next step.
 *
 * @param steps - all steps of the survey, in order
 * @param index - of the answered step
 * @returns the index of the step, or `steps.length` at the end; never a step before `index`, so that a
 * faulty survey cannot go in circles
 */
export function nextStepIndex(
  steps: readonly SurveyStep[],
  index: number,
  answer: SurveyAnswer,
): number {
  const branch = steps[index]?.branches?.find(({ when }) => matchesBranch(when, answer));
  if (!branch) return index + 1;
  if (branch.goTo === "end") {
    const thanks = steps.findIndex(({ kind }, at) => at > index && kind === "thanks");
    return thanks < 0 ? steps.length : thanks;
  }
  const target = steps.findIndex(({ id }) => id === branch.goTo);
  return target > index ? target : index + 1;
}
