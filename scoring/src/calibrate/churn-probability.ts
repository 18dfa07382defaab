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
 * Platt's mapping: a logistic curve of the score, fitted to outcomes.
 *
 * @returns null with too few outcomes of either class
 * @see https://www.cs.colorado.edu/~mozer/Teaching/syllabi/6622/papers/Platt1999.pdf
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
 * The isotonic mapping: the steps that fit outcomes best and never rise with the score.
 *
 * @returns null with too few outcomes of either class
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
