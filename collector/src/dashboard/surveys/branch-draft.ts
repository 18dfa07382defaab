import type { StepBranch } from "@telltale/protocol";
import type { FormFields } from "../form.ts";
import { keepRows, toLine } from "./keep.ts";

/** Where an answer leads, as the form holds it; without an answer and a place to go it is none. */
export interface BranchDraft {
  operator: StepBranch["when"]["operator"];
  value: string;
  /** The number of a question of the form, `thanks`, or `end`. */
  goTo: string;
}

export const BRANCH_WORDS: Record<BranchDraft["operator"], string> = {
  at_most: "at most",
  at_least: "at least",
  equals: "exactly",
  includes: "includes",
};

/** Most branches of one question. */
export const MOST_BRANCHES = 20;

const OPERATORS = Object.keys(BRANCH_WORDS) as BranchDraft["operator"][];

/** Which question of the form a step is, and the other way round. */
export interface Places {
  /** The form's word for a step. */
  toPlace(stepId: string): string;
  /** Null for a question that is not asked. */
  toStepId(place: string): string | null;
}

/** Reads the branches of the question with this number. */
export function parseBranches(field: FormFields, number: number): BranchDraft[] {
  return Array.from({ length: MOST_BRANCHES }, (_, at) => {
    const part = (key: string): string => toLine(field(`branch-${number}-${at + 1}-${key}`));
    return {
      operator: OPERATORS.find((one) => one === part("operator")) ?? "at_most",
      value: part("value").slice(0, 200),
      goTo: part("goto").slice(0, 64),
    };
  }).filter(({ value, goTo }) => value !== "" || goTo !== "");
}

export const toBranchDraft =
  ({ toPlace }: Pick<Places, "toPlace">) =>
  ({ when: { operator, value }, goTo }: StepBranch): BranchDraft => ({
    operator,
    value: toLine(String(value)),
    goTo: goTo === "end" ? goTo : toPlace(goTo),
  });

/** The branches of the rows; those to a question that is asked no more go with it. */
export function toBranches(
  rows: readonly BranchDraft[],
  before: readonly StepBranch[],
  { toPlace, toStepId }: Places,
): StepBranch[] {
  const branches = keepRows(rows, before, {
    show: toBranchDraft({ toPlace }),
    read: ({ operator, value, goTo }): StepBranch => {
      const isNumber = value !== "" && String(Number(value)) === value;
      return { when: { operator, value: isNumber ? Number(value) : value }, goTo };
    },
  });
  return branches.flatMap((branch, at) => {
    const place = rows[at]?.goTo ?? "end";
    // Nowhere is for the schema to refuse.
    const goTo = place === "end" || place === "" ? place : toStepId(place);
    return goTo === null ? [] : [{ ...branch, goTo }];
  });
}
