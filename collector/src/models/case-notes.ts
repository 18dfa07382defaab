import type { EvaluationCase } from "@telltale/scoring";

/** Of either class, below which the engine gives no figure. */
const LEAST_OF_EACH_CLASS = 10;

/**
 * What stands between outcomes and figures, in words: too few of a class, accounts that were not
 * there yet.
 *
 * @param read - the cases at one horizon, and what was left out before
 */
export function toCaseNotes(read: {
  horizonDays: number;
  cases: readonly EvaluationCase[];
  notes: readonly string[];
}): string[] {
  const { horizonDays, cases } = read;
  const notes = [...read.notes];
  const churned = cases.filter(({ isChurned }) => isChurned).length;
  const stayed = cases.length - churned;
  if (Math.min(churned, stayed) < LEAST_OF_EACH_CLASS) {
    notes.push(
      `Too few outcomes: ${churned} churned and ${stayed} stayed; ` +
        `figures need ${LEAST_OF_EACH_CLASS} of each. Send more by POST /v1/outcomes.`,
    );
  }
  const unscored = cases.filter(({ score }) => score === null).length;
  if (unscored > 0) {
    notes.push(
      `${unscored} of ${cases.length} outcomes had no score ${horizonDays} days before: the account ` +
        "was too young, or too little was known. They count as not flagged.",
    );
  }
  return notes;
}
