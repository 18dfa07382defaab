import type { FeatureRow } from "../summaries/adoption-queries.ts";

/** A difference of two means with its 95 % interval, in points. */
export interface MeanDifference {
  value: number;
  low: number;
  high: number;
}

const LEAST_OF_EACH = 10;
const Z_95 = 1.96;

/**
 * How much healthier those who adopted a feature are than the others; null under ten of each. The
 * interval is Welch's with the normal's quantile, fit for the ten and more that it asks for. It
 * shows what goes together, not what causes what.
 */
export function toHealthDifference(row: FeatureRow): MeanDifference | null {
  const { adopters, others, adopterMean, otherMean, adopterVariance, otherVariance } = row;
  if (adopters < LEAST_OF_EACH || others < LEAST_OF_EACH) return null;
  if (adopterMean === null || otherMean === null) return null;
  const spread = Math.sqrt(
    Math.max(0, adopterVariance ?? 0) / adopters + Math.max(0, otherVariance ?? 0) / others,
  );
  const value = adopterMean - otherMean;
  return { value, low: value - Z_95 * spread, high: value + Z_95 * spread };
}
