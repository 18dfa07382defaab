/**
 * Mean, spread and their robust counterparts.
 *
 * @module
 */

import { quantile, sorted } from "./quantile.ts";

/**
 * The arithmetic mean, from the smallest to the largest value: rounding does not carry it out, so the mean of equals is
 * what they are, and they have no spread.
 *
 * @throws {RangeError} if there are no values
 */
export function mean(values: readonly number[]): number {
  if (values.length === 0) throw new RangeError("mean requires at least one value, got none");
  let sum = 0;
  let least = Number.POSITIVE_INFINITY;
  let most = Number.NEGATIVE_INFINITY;
  for (const value of values) {
    sum += value;
    least = Math.min(least, value);
    most = Math.max(most, value);
  }
  return Math.min(most, Math.max(least, sum / values.length));
}

/**
 * The sample standard deviation (divisor n − 1); 0 for a single value.
 *
 * @throws {RangeError} if there are no values
 */
export function standardDeviation(values: readonly number[]): number {
  const centre = mean(values);
  if (values.length === 1) return 0;
  let squares = 0;
  for (const value of values) squares += (value - centre) ** 2;
  return Math.sqrt(squares / (values.length - 1));
}

/**
 * The median absolute deviation from the median, without the factor 1.4826.
 *
 * @param ascending - sorted, at least one value
 * @throws {RangeError} if there are no values
 * @see https://doi.org/10.1080/01621459.1974.10482962
 */
export function medianAbsoluteDeviation(ascending: readonly number[]): number {
  const median = quantile(ascending, 0.5);
  return quantile(sorted(ascending.map((value) => Math.abs(value - median))), 0.5);
}
