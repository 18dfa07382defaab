/**
 * The figures of an evaluation, each as a function of cases. Positive is: churned; found is: flagged.
 *
 * @see https://doi.org/10.1016/j.patrec.2005.10.010 (Fawcett 2006: recall, precision, false positive rate, ROC)
 * @module
 */

import { MS_PER_DAY } from "../facts.ts";
import { correlation } from "../stats/correlation.ts";
import { mean } from "../stats/moments.ts";
import { quantile, sorted } from "../stats/quantile.ts";
import { areaUnderCurve, averagePrecision, type Labelled, midRanks } from "../stats/ranking.ts";
import type { EvaluationCase } from "./evaluation-case.ts";
import type { Share } from "./share.ts";

/** A figure of cases; null where it does not exist. */
export type Statistic = (cases: readonly EvaluationCase[]) => number | null;

/** A share, without how sure it is. */
export function shareOf({ of, among }: Share): Statistic {
  return (cases) => {
    let count = 0;
    let total = 0;
    for (const one of cases) {
      if (!among(one)) continue;
      total++;
      if (of(one)) count++;
    }
    return total === 0 ? null : count / total;
  };
}

/** Mean score of those who have one, 0–100. */
export const meanScore: Statistic = (cases) => {
  const scores = cases.flatMap((one) => (one.score === null ? [] : [one.score]));
  return scores.length === 0 ? null : mean(scores);
};

/** Scores and outcomes of those who have a score; loops, because a bootstrap runs them thousands of times. */
function scored(cases: readonly EvaluationCase[]): { scores: number[]; stays: number[] } {
  const scores: number[] = [];
  const stays: number[] = [];
  for (const { score, isChurned } of cases) {
    if (score === null) continue;
    scores.push(score);
    stays.push(isChurned ? 0 : 1);
  }
  return { scores, stays };
}

function labelled(cases: readonly EvaluationCase[]): Labelled[] {
  const rows: Labelled[] = [];
  for (const { score, isChurned } of cases) {
    if (score !== null) rows.push({ value: -score, isPositive: isChurned });
  }
  return rows;
}

/** Correlation of the score with having stayed (1) or churned (0). */
export const pointBiserial: Statistic = (cases) => {
  const { scores, stays } = scored(cases);
  return correlation(scores, stays);
};

/**
 * Spearman's correlation of the score with having stayed. Ranks of two classes are a line through the classes, so only
 * the scores need ranks.
 */
export const spearman: Statistic = (cases) => {
  const { scores, stays } = scored(cases);
  return correlation(midRanks(scores), stays);
};

/** Probability that a churned account had a lower score than one that stayed, equals counting half (Hanley and McNeil 1982). */
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
 * Mean squared distance of probability and outcome, 0 (perfect) to 1: half of Brier's own sum, which is over both classes.
 *
 * @param probabilityOf - of churn, from a score
 * @see https://doi.org/10.1175/1520-0493(1950)078%3C0001:VOFEIT%3E2.0.CO;2 (Brier 1950)
 */
export function brier(probabilityOf: (score: number) => number): Statistic {
  return (cases) => {
    const { scores, stays } = scored(cases);
    if (scores.length === 0) return null;
    let sum = 0;
    scores.forEach((score, i) => {
      sum += (probabilityOf(score) - (1 - (stays[i] as number))) ** 2;
    });
    return sum / scores.length;
  };
}
