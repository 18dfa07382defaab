/**
 * Whether a probability means what it says.
 *
 * @module
 */

import type { EvaluationCase } from "./evaluation-case.ts";
import { CHURN, type CountedShare, countShare, intervalOfShare } from "./share.ts";

/** One group of cases of similar score. */
export interface CalibrationBin {
  /** Scores of the group, 0–100. */
  from: number;
  to: number;
  n: number;
  /** Mean probability of churn that the scores stand for. */
  predicted: number;
  /** Share that churned, with Wilson's 95 % interval. */
  observed: number;
  interval: [low: number, high: number];
}

/**
 * Groups of about equal size by score, with predicted and observed churn: a reliability diagram over quantiles.
 *
 * @param cases - those without a score are left out
 * @param probabilityOf - of churn, from a score
 * @param bins - at most
 * @see https://doi.org/10.2307/2987588 (DeGroot and Fienberg 1983, reliability diagrams)
 * @see https://doi.org/10.1080/03610928008827941 (Hosmer and Lemeshow 1980, groups by quantiles of risk)
 */
export function calibrationCurve(
  cases: readonly EvaluationCase[],
  probabilityOf: (score: number) => number,
  bins = 10,
): CalibrationBin[] {
  const rows = cases
    .flatMap((one) => (one.score === null ? [] : [{ ...one, score: one.score }]))
    .sort((a, b) => a.score - b.score);
  const curve: CalibrationBin[] = [];
  const groups = Math.min(bins, rows.length);
  for (let bin = 0; bin < groups; bin++) {
    const part = rows.slice(
      Math.round((bin * rows.length) / groups),
      Math.round(((bin + 1) * rows.length) / groups),
    );
    const churn = countShare(part, CHURN) as CountedShare;
    curve.push({
      from: (part[0] as { score: number }).score,
      to: (part.at(-1) as { score: number }).score,
      n: part.length,
      predicted: part.reduce((sum, row) => sum + probabilityOf(row.score), 0) / part.length,
      observed: churn.value,
      interval: intervalOfShare(churn),
    });
  }
  return curve;
}
