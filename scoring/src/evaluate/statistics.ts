/**
 * The figures of an evaluation, each as a function of cases.
 *
 * @module
 */

import { MS_PER_DAY } from "../facts.ts";
import { correlation, rankCorrelation } from "../stats/correlation.ts";
import { quantile, sorted } from "../stats/quantile.ts";
import { areaUnderCurve, averagePrecision, type Labelled } from "../stats/ranking.ts";
import { type EvaluationCase, isFlag } from "./evaluation-case.ts";

/** A figure of cases; null where it does not exist. */
export type Statistic = (cases: readonly EvaluationCase[]) => number | null;

function share(
  cases: readonly EvaluationCase[],
  of: (one: EvaluationCase) => boolean,
  among: (one: EvaluationCase) => boolean,
): number | null {
  let count = 0;
  let total = 0;
  for (const one of cases) {
    if (!among(one)) continue;
    total++;
    if (of(one)) count++;
  }
  return total === 0 ? null : count / total;
}

const flagged = (one: EvaluationCase): boolean => isFlag(one.tier);
const churned = (one: EvaluationCase): boolean => one.isChurned;
const stayed = (one: EvaluationCase): boolean => !one.isChurned;

/** Churned accounts that were flagged ÷ churned accounts: recall. */
export const recall: Statistic = (cases) => share(cases, flagged, churned);

/** Flagged accounts that stayed ÷ flagged accounts: 1 − precision, the false discovery rate. */
export const falseDiscoveryRate: Statistic = (cases) => share(cases, stayed, flagged);

/** Accounts that stayed and were flagged ÷ accounts that stayed: the textbooks' false positive rate. */
export const falsePositiveRate: Statistic = (cases) => share(cases, flagged, stayed);

/** Cases with a score ÷ cases. */
export const coverage: Statistic = (cases) =>
  share(
    cases,
    (one) => one.score !== null,
    () => true,
  );

/** Mean score of those who have one, 0–100. */
export const meanScore: Statistic = (cases) => {
  const scores = cases.flatMap((one) => (one.score === null ? [] : [one.score]));
  return scores.length === 0 ? null : scores.reduce((a, b) => a + b, 0) / scores.length;
};

function scored(cases: readonly EvaluationCase[]): { score: number; isChurned: boolean }[] {
  return cases.flatMap(({ score, isChurned }) => (score === null ? [] : [{ score, isChurned }]));
}

function labelled(cases: readonly EvaluationCase[]): Labelled[] {
  return scored(cases).map(({ score, isChurned }) => ({ value: -score, isPositive: isChurned }));
}

/** Correlation of the score with having stayed (1) or churned (0). */
export const pointBiserial: Statistic = (cases) => {
  const rows = scored(cases);
  return correlation(
    rows.map((row) => row.score),
    rows.map((row) => (row.isChurned ? 0 : 1)),
  );
};

/** Rank correlation of the score with having stayed. */
export const spearman: Statistic = (cases) => {
  const rows = scored(cases);
  return rankCorrelation(
    rows.map((row) => row.score),
    rows.map((row) => (row.isChurned ? 0 : 1)),
  );
};

/** Probability that a churned account had a lower score than one that stayed. */
export const rocArea: Statistic = (cases) => areaUnderCurve(labelled(cases));

/** Average precision of finding churn by low scores. */
export const precisionArea: Statistic = (cases) => averagePrecision(labelled(cases));

/** Median days from the first flag to churn, over churned accounts that were flagged. */
export const leadTimeDays: Statistic = (cases) => {
  const days = cases.flatMap(({ isChurned, firstFlaggedAt, outcomeAt }) =>
    isChurned && firstFlaggedAt !== null ? [(outcomeAt - firstFlaggedAt) / MS_PER_DAY] : [],
  );
  return days.length === 0 ? null : quantile(sorted(days), 0.5);
};

/**
 * Mean squared distance of probability and outcome, 0 (perfect) to 1.
 *
 * @param probabilityOf - of churn, from a score
 */
export function brier(probabilityOf: (score: number) => number): Statistic {
  return (cases) => {
    const rows = scored(cases);
    if (rows.length === 0) return null;
    let sum = 0;
    for (const { score, isChurned } of rows)
      sum += (probabilityOf(score) - (isChurned ? 1 : 0)) ** 2;
    return sum / rows.length;
  };
}
