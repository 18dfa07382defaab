/**
 * Logistic regression with an L2 penalty, by Newton's method.
 *
 * @module
 */

import { solvePositive } from "./linear-system.ts";
import { standardise } from "./standardise.ts";

/** What {@link fitLogistic} fits. */
export interface LogisticInput {
  /** One list of features per case, all of one length and finite. */
  rows: readonly (readonly number[])[];
  labels: readonly boolean[];
  /** λ of ½·λ·Σβ² beside the mean log loss, on features of unit variance; 0 or more. */
  penalty: number;
  /** `non-negative` keeps every weight at 0 or above; the intercept is always free. */
  weights: "any" | "non-negative";
}

/** A fitted logistic regression. */
export interface LogisticFit {
  intercept: number;
  /** In the units of the features as given. */
  weights: number[];
  /** The same per standard deviation of a feature: what may be compared among features. */
  standardisedWeights: number[];
  iterations: number;
  hasConverged: boolean;
}

const MOST_ITERATIONS = 100;
const TOLERANCE = 1e-10;
/** Keeps the Hessian positive definite for features without spread, or duplicates without a penalty. */
const RIDGE = 1e-9;

/**
 * Fits P(label) = 1 ÷ (1 + e^−(intercept + Σ weight·feature)).
 *
 * @returns null unless both labels occur
 * @throws {RangeError} if lengths differ, a feature is not finite or the penalty is below 0
 * @see https://hastie.su.domains/ElemStatLearn/ (section 4.4.1)
 */
export function fitLogistic({ rows, labels, penalty, weights }: LogisticInput): LogisticFit | null {
  if (rows.length !== labels.length || !(penalty >= 0)) {
    throw new RangeError(
      `fitLogistic requires one label per row and a penalty of 0 or more, got ${rows.length} rows, ${labels.length} labels, penalty ${penalty}`,
    );
  }
  const positives = labels.filter(Boolean).length;
  if (positives === 0 || positives === labels.length) return null;
  const { columns, means, deviations } = standardise(rows);
  const size = columns.length + 1;
  let beta = new Float64Array(size);
  beta[0] = Math.log(positives / (labels.length - positives));
  let loss = lossOf(columns, labels, beta, penalty);
  let iterations = 0;
  let hasConverged = false;
  while (!hasConverged && iterations++ < MOST_ITERATIONS) {
    const { gradient, hessian } = derivatives(columns, labels, beta, penalty);
    const target =
      weights === "any"
        ? newtonStep(beta, gradient, hessian)
        : projectedStep(beta, gradient, hessian);
    let share = 1;
    let next = target;
    let nextLoss = lossOf(columns, labels, next, penalty);
    while (nextLoss > loss && share > 1e-10) {
      share /= 2;
      next = beta.map((value, i) => value + share * ((target[i] as number) - value));
      nextLoss = lossOf(columns, labels, next, penalty);
    }
    hasConverged = loss - nextLoss < TOLERANCE * (Math.abs(loss) + TOLERANCE);
    if (nextLoss <= loss) {
      beta = Float64Array.from(next);
      loss = nextLoss;
    }
  }
  const standardised = [...beta.subarray(1)];
  const own = standardised.map((value, i) => value / (deviations[i] as number));
  return {
    intercept: own.reduce((sum, value, i) => sum - value * (means[i] as number), beta[0] as number),
    weights: own,
    standardisedWeights: standardised,
    iterations,
    hasConverged,
  };
}

/**
 * The probability that a fit gives to a case.
 *
 * @param fit - see {@link fitLogistic}
 * @param features - in the order of the fit
 */
export function logisticProbability(
  fit: Pick<LogisticFit, "intercept" | "weights">,
  features: readonly number[],
): number {
  const logit = fit.weights.reduce(
    (sum, weight, i) => sum + weight * (features[i] as number),
    fit.intercept,
  );
  return 1 / (1 + Math.exp(-logit));
}

function logits(columns: readonly Float64Array[], beta: Float64Array, n: number): Float64Array {
  const result = new Float64Array(n).fill(beta[0] as number);
  columns.forEach((column, j) => {
    const weight = beta[j + 1] as number;
    for (let i = 0; i < n; i++) result[i] = (result[i] as number) + weight * (column[i] as number);
  });
  return result;
}

function lossOf(
  columns: readonly Float64Array[],
  labels: readonly boolean[],
  beta: Float64Array,
  penalty: number,
): number {
  const n = labels.length;
  let loss = 0;
  logits(columns, beta, n).forEach((logit, i) => {
    const signed = labels[i] ? -logit : logit;
    loss += signed > 0 ? signed + Math.log1p(Math.exp(-signed)) : Math.log1p(Math.exp(signed));
  });
  let squares = 0;
  for (let j = 1; j < beta.length; j++) squares += (beta[j] as number) ** 2;
  return loss / n + (penalty * squares) / 2;
}

function derivatives(
  columns: readonly Float64Array[],
  labels: readonly boolean[],
  beta: Float64Array,
  penalty: number,
): { gradient: Float64Array; hessian: Float64Array[] } {
  const n = labels.length;
  const all = [new Float64Array(n).fill(1), ...columns];
  const residual = new Float64Array(n);
  const curvature = new Float64Array(n);
  logits(columns, beta, n).forEach((logit, i) => {
    const p = 1 / (1 + Math.exp(-logit));
    residual[i] = (p - (labels[i] ? 1 : 0)) / n;
    curvature[i] = (p * (1 - p)) / n;
  });
  const dot = (a: Float64Array, b: Float64Array, c?: Float64Array): number => {
    let sum = 0;
    for (let i = 0; i < n; i++)
      sum += (a[i] as number) * (b[i] as number) * (c ? (c[i] as number) : 1);
    return sum;
  };
  const gradient = Float64Array.from(
    all,
    (column, j) => dot(column, residual) + (j === 0 ? 0 : penalty * (beta[j] as number)),
  );
  const hessian = all.map(() => new Float64Array(all.length));
  for (let i = 0; i < all.length; i++) {
    for (let j = 0; j <= i; j++) {
      const value = dot(all[i] as Float64Array, all[j] as Float64Array, curvature);
      (hessian[i] as Float64Array)[j] = value;
      (hessian[j] as Float64Array)[i] = value;
    }
    const diagonal = hessian[i] as Float64Array;
    diagonal[i] = (diagonal[i] as number) + RIDGE + (i === 0 ? 0 : penalty);
  }
  return { gradient, hessian };
}

/** The minimum of the local parabola. */
function newtonStep(
  beta: Float64Array,
  gradient: Float64Array,
  hessian: readonly Float64Array[],
): Float64Array {
  const step = solvePositive(hessian, gradient);
  return beta.map((value, i) => value - (step[i] as number));
}

/** The minimum of the local parabola with weights ≥ 0, by cyclic coordinate descent. */
function projectedStep(
  beta: Float64Array,
  gradient: Float64Array,
  hessian: readonly Float64Array[],
): Float64Array {
  const next = Float64Array.from(beta);
  for (let sweep = 0; sweep < 500; sweep++) {
    let moved = 0;
    for (let j = 0; j < beta.length; j++) {
      const row = hessian[j] as Float64Array;
      let slope = gradient[j] as number;
      for (let k = 0; k < beta.length; k++) {
        slope += (row[k] as number) * ((next[k] as number) - (beta[k] as number));
      }
      const free = (next[j] as number) - slope / (row[j] as number);
      const value = j === 0 ? free : Math.max(0, free);
      moved = Math.max(moved, Math.abs(value - (next[j] as number)));
      next[j] = value;
    }
    if (moved < 1e-12) break;
  }
  return next;
}
