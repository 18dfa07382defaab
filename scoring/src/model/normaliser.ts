/**
 * How a signal becomes 0–100: the choices of a model document.
 *
 * @module
 */

/** Mid-rank share of the reference population. */
export interface PercentileNormaliser {
  kind: "percentile";
}

/** Normal probability of the distance to the mean (or to the median, when robust). */
export interface ZScoreNormaliser {
  kind: "zscore";
  robust: boolean;
}

/** Linear between two quantiles of the reference population. */
export interface MinMaxNormaliser {
  kind: "minmax";
  /** Quantiles 0–1; 0.05 and 0.95 unless told. */
  low?: number;
  high?: number;
}

/** Saturating, 100 at the ninetieth percentile of the reference population. */
export interface P90ExponentialNormaliser {
  kind: "p90_exponential";
  /** Curvature, 0 (linear) to 20; 2 unless told. */
  k?: number;
}

/** Piecewise linear through given points; flat outside of them. */
export interface TargetNormaliser {
  kind: "target";
  /** `[value, 0–100]`, values strictly growing, 2 points at least. */
  points: [value: number, normalized: number][];
}

/** The account against its own earlier windows. */
export interface OwnBaselineNormaliser {
  kind: "own_baseline";
}

/** One of the normalisers. */
export type Normaliser =
  | PercentileNormaliser
  | ZScoreNormaliser
  | MinMaxNormaliser
  | P90ExponentialNormaliser
  | TargetNormaliser
  | OwnBaselineNormaliser;
