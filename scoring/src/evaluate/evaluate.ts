/**
 * Does the score work? Figures against outcomes.
 *
 * @module
 */

import type { BootstrapOptions } from "../stats/bootstrap.ts";
import { asPart, finish, type Steps } from "../stats/steps.ts";
import { type CalibrationBin, calibrationCurve } from "./calibration-curve.ts";
import { type EvaluationCase, isFlag } from "./evaluation-case.ts";
import { type Figure, figuresInSteps, toShareFigures } from "./figure.ts";
import { COVERAGE, FALSE_DISCOVERIES, FALSE_POSITIVES, RECALL } from "./share.ts";
import * as statistics from "./statistics.ts";

/** The figures of one group of cases. */
export interface EvaluationFigures {
  /** Churned accounts that were flagged before (= recall). */
  predictionAccuracy: Figure;
  /** At-risk flags that stayed (= false discovery rate, 1 − precision). */
  falsePositiveRate: Figure;
  /** Accounts that stayed and were flagged (the textbooks' false positive rate). */
  textbookFalsePositiveRate: Figure;
  pointBiserial: Figure;
  spearman: Figure;
  areaUnderCurve: Figure;
  averagePrecision: Figure;
  brier: Figure;
  coverage: Figure;
  /** Median days from first flag to churn. */
  leadTimeDays: Figure;
}

/** What {@link evaluate} found. */
export interface Evaluation {
  outcomes: { n: number; churned: number; stayed: number; flagged: number };
  overall: EvaluationFigures;
  calibrationCurve: CalibrationBin[];
  /** By segment key. */
  segments: Record<string, { n: number; churned: number; figures: EvaluationFigures }>;
}

/** What {@link evaluate} looks at. */
export interface EvaluateInput extends BootstrapOptions {
  /** All at one horizon, one per outcome. */
  cases: readonly EvaluationCase[];
  /** Probability of churn, 0–1, from a score; 1 − score ÷ 100 unless told. */
  probabilityOf?: (score: number) => number;
}

/**
 * Figures of a model against outcomes at one horizon, overall and per segment, each with a 95 % interval.
 *
 * The same cases and seed give the same figures. Intervals are Wilson's where a figure is a share of cases;
 * the others resample accounts, 400 times unless told, each with all of its outcomes.
 */
export function evaluate(input: EvaluateInput): Evaluation {
  return finish(evaluateInSteps(input));
}

/** {@link evaluate}, a sample at a time. */
export function* evaluateInSteps(input: EvaluateInput): Steps<Evaluation> {
  const { cases, seed, replicates = 400, probabilityOf = (score) => 1 - score / 100 } = input;
  const ordered = [...cases].sort(byScore);
  const churned = ordered.filter((one) => one.isChurned).length;
  const wanted = statisticsOf(probabilityOf);
  const names = [...new Set(ordered.flatMap((one) => [...one.segments]))].sort();
  const figuresOf = function* (
    part: readonly EvaluationCase[],
    place: number,
  ): Steps<EvaluationFigures> {
    const drawn = figuresInSteps(part, wanted, { seed, replicates });
    return {
      ...toShareFigures(part, SHARES),
      ...(yield* asPart(drawn, place, 1 + names.length)),
    };
  };
  const overall = yield* figuresOf(ordered, 0);
  const segments: Evaluation["segments"] = {};
  for (const [i, name] of names.entries()) {
    const part = ordered.filter((one) => one.segments.includes(name));
    const lost = part.filter((one) => one.isChurned).length;
    const figures = yield* figuresOf(part, 1 + i);
    segments[name] = { n: part.length, churned: lost, figures };
  }
  return {
    outcomes: {
      n: ordered.length,
      churned,
      stayed: ordered.length - churned,
      flagged: ordered.filter((one) => isFlag(one.tier)).length,
    },
    overall,
    calibrationCurve: calibrationCurve(ordered, probabilityOf),
    segments,
  };
}

/** By falling score, then by name, so that the order of the cases does not show. */
function byScore(a: EvaluationCase, b: EvaluationCase): number {
  const difference = (b.score ?? -1) - (a.score ?? -1);
  if (difference !== 0) return difference;
  if (a.accountId !== b.accountId) return a.accountId < b.accountId ? -1 : 1;
  return a.outcomeAt - b.outcomeAt;
}

const SHARES = {
  predictionAccuracy: RECALL,
  falsePositiveRate: FALSE_DISCOVERIES,
  textbookFalsePositiveRate: FALSE_POSITIVES,
  coverage: COVERAGE,
};

/** The statistic of each figure that is no share. */
function statisticsOf(
  probabilityOf: (score: number) => number,
): Record<Exclude<keyof EvaluationFigures, keyof typeof SHARES>, statistics.Statistic> {
  return {
    pointBiserial: statistics.pointBiserial,
    spearman: statistics.spearman,
    areaUnderCurve: statistics.rocArea,
    averagePrecision: statistics.precisionArea,
    brier: statistics.brier(probabilityOf),
    leadTimeDays: statistics.leadTimeDays,
  };
}
