/**
 * Score → probability of churn.
 *
 * @module
 */

import type { EvaluationCase } from "../evaluate/evaluation-case.ts";
import { hasEnoughOutcomes } from "../evaluate/figure.ts";
import { fitIsotonic, type IsotonicStep, isotonicValue } from "../stats/isotonic.ts";
import { fitLogistic } from "../stats/logistic.ts";

/** A mapping that was fitted; plain JSON. */
export type ChurnMapping =
  | { kind: "platt"; intercept: number; slope: number }
  | { kind: "isotonic"; steps: IsotonicStep[] };

/**
 * Platt's mapping: a logistic curve of the score, fitted to outcomes. Instead of his smoothed targets, a penalty so weak
 * that it only keeps classes which a score parts cleanly from an endless slope; and at least ten outcomes of either class.
 *
 * @returns null with too few outcomes of either class
 * @see Platt, "Probabilistic outputs for support vector machines", Advances in Large Margin Classifiers, 1999
 */
export function fitPlatt(cases: readonly EvaluationCase[]): ChurnMapping | null {
  const rows = withScore(cases);
  if (!hasEnoughOutcomes(rows)) return null;
  const fit = fitLogistic({
    rows: rows.map((row) => [row.score]),
    labels: rows.map((row) => row.isChurned),
    penalty: 1e-4,
    weights: "any",
  });
  if (!fit) return null;
  // A score that rose with churn would be no health score; such a fit is drawn flat.
  const slope = Math.min(0, fit.weights[0] as number);
  const churned = rows.filter((row) => row.isChurned).length;
  const flat = Math.log(churned / (rows.length - churned));
  return { kind: "platt", intercept: slope === 0 ? flat : fit.intercept, slope };
}

/**
 * The isotonic mapping: the steps that fit outcomes best by least squares and never rise with the score.
 *
 * @returns null with too few outcomes of either class
 * @see https://doi.org/10.1145/775047.775151 (Zadrozny and Elkan 2002)
 */
export function fitIsotonicChurn(cases: readonly EvaluationCase[]): ChurnMapping | null {
  const rows = withScore(cases);
  if (!hasEnoughOutcomes(rows)) return null;
  const steps = fitIsotonic(
    rows.map(({ score, isChurned }) => ({ x: -score, y: isChurned ? 1 : 0 })),
  );
  return { kind: "isotonic", steps };
}

/**
 * The probability of churn that a score stands for, 0–1.
 *
 * @param mapping - of {@link fitPlatt} or {@link fitIsotonicChurn}
 * @param score - 0–100
 */
export function toChurnProbability(mapping: ChurnMapping, score: number): number {
  if (mapping.kind === "isotonic") return isotonicValue(mapping.steps, -score);
  return 1 / (1 + Math.exp(-(mapping.intercept + mapping.slope * score)));
}

function withScore(cases: readonly EvaluationCase[]): { score: number; isChurned: boolean }[] {
  return cases.flatMap(({ score, isChurned }) => (score === null ? [] : [{ score, isChurned }]));
}
