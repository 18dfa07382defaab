/**
 * Outcomes → weights to consider. A person decides.
 *
 * @module
 */

import type { EvaluationCase } from "../evaluate/evaluation-case.ts";
import { LEAST_OF_EACH_CLASS } from "../evaluate/figure.ts";
import type { ScoringModel } from "../model/model.ts";
import { fitLogistic } from "../stats/logistic.ts";
import { mean } from "../stats/moments.ts";
import { areaUnderCurve } from "../stats/ranking.ts";
import { type CrossValidation, crossValidate } from "./cross-validate.ts";

/** Penalties that are tried, from weak to strong. */
const PENALTIES = [1e-4, 1e-3, 1e-2, 3e-2, 0.1, 0.3, 1];

/** Weights that outcomes suggest. */
export interface WeightSuggestion {
  status: "ok" | "too-few-outcomes" | "no-information";
  n: number;
  /** By component key, summing to 1; empty unless `ok`. */
  weights: Record<string, number>;
  /** The penalty that cross-validation chose. */
  penalty: number | null;
  /** Areas under the ROC curve: these weights and free ones, cross-validated; the present score as it is. */
  areas: { suggested: number; present: number | null; unconstrained: number } | null;
}

/** What {@link suggestWeights} looks at. */
export interface SuggestWeightsInput {
  /** All at one horizon. */
  cases: readonly EvaluationCase[];
  model: ScoringModel;
  /** The same seed gives the same folds. */
  seed: string;
  /** 5 unless told. */
  folds?: number;
}

/**
 * Fits the outcome on component values with weights of 0 or above, so that no component may count against its own
 * direction, and shares them out. A missing component takes the mean of the others.
 *
 * The penalty is the strongest whose cross-validated log loss is within 0.1 % of the best [ours: in the spirit of the
 * one-standard-error rule of Hastie, Tibshirani and Friedman, section 7.10, which would cost more fits].
 *
 * @see https://doi.org/10.2307/2347628 (le Cessie and van Houwelingen 1992: logistic regression with an L2 penalty)
 */
export function suggestWeights({
  cases,
  model,
  seed,
  folds = 5,
}: SuggestWeightsInput): WeightSuggestion {
  const keys = model.components.map((component) => component.key);
  const known = cases.filter((one) => keys.some((key) => one.components[key] != null));
  const labels = known.map((one) => !one.isChurned);
  const stayed = labels.filter(Boolean).length;
  const none = { n: known.length, weights: {}, penalty: null, areas: null };
  if (Math.min(stayed, known.length - stayed) < LEAST_OF_EACH_CLASS) {
    return { status: "too-few-outcomes", ...none };
  }
  const rows = toRows(known, keys);
  const accountIds = known.map((one) => one.accountId);
  const judge = (penalty: number, weights: "any" | "non-negative"): CrossValidation | null =>
    crossValidate({ rows, labels, accountIds, penalty, weights, folds, seed });
  const free = judge(1e-6, "any");
  if (!free) return { status: "too-few-outcomes", ...none };
  const tried = PENALTIES.map((penalty) => ({
    penalty,
    ...(judge(penalty, "non-negative") as CrossValidation),
  }));
  const best = Math.min(...tried.map((one) => one.logLoss));
  const chosen = tried
    .filter((one) => one.logLoss <= best * 1.001)
    .at(-1) as (typeof tried)[number];
  const fit = fitLogistic({ rows, labels, penalty: chosen.penalty, weights: "non-negative" });
  const total = fit ? fit.weights.reduce((sum, weight) => sum + weight, 0) : 0;
  if (!fit || !(total > 0)) return { status: "no-information", ...none };
  const present = known.flatMap(({ score, isChurned }) =>
    score === null ? [] : [{ value: score, isPositive: !isChurned }],
  );
  return {
    status: "ok",
    n: known.length,
    weights: Object.fromEntries(keys.map((key, i) => [key, (fit.weights[i] as number) / total])),
    penalty: chosen.penalty,
    areas: {
      suggested: chosen.areaUnderCurve,
      present: areaUnderCurve(present),
      unconstrained: free.areaUnderCurve,
    },
  };
}

/**
 * Component values as rows of features, missing ones filled with the mean of those that are known.
 *
 * @param cases - at least one
 * @param keys - of the components, in order
 */
export function toRows(cases: readonly EvaluationCase[], keys: readonly string[]): number[][] {
  const means = keys.map((key) => {
    const values = cases.flatMap((one) => one.components[key] ?? []);
    return values.length === 0 ? 50 : mean(values);
  });
  return cases.map((one) => keys.map((key, i) => one.components[key] ?? (means[i] as number)));
}
