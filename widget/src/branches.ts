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

function matchesBranch(
  { operator, value: wanted }: StepBranch["when"],
  { value, choices, text }: SurveyAnswer,
): boolean | undefined {
  const word = `${wanted}`;
  if (operator === "equals") return `${choices ?? text ?? value}` === word;
  // Without a value, both comparisons are false.
  if (operator === "at_most") return (value as number) <= +word;
  if (operator === "at_least") return (value as number) >= +word;
  return choices?.includes(word) || text?.toLowerCase().includes(word.toLowerCase());
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
  const goTo = steps[index]?.branches?.find(({ when }) => matchesBranch(when, answer))?.goTo;
  const isEnd = goTo === "end";
  const target = steps.findIndex(({ id, kind }) => (isEnd ? kind === "thanks" : id === goTo));
  if (target > index) return target;
  return isEnd ? steps.length : index + 1;
}
