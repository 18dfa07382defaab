/**
 * Summaries of a population, and their blends.
 *
 * @module
 */

import { mean, medianAbsoluteDeviation, standardDeviation } from "../stats/moments.ts";
import { midRankQuantile, quantile, sorted } from "../stats/quantile.ts";
import type { Distribution } from "./norms.ts";

const POINTS = 101;

/**
 * Summarises a population; the order of the values does not matter, to the bit.
 *
 * @param values - at least one, finite
 * @throws {RangeError} if there are no values or one is not finite
 */
export function toDistribution(values: readonly number[]): Distribution {
  const ascending = sorted(values);
  return {
    n: ascending.length,
    mean: mean(ascending),
    sd: standardDeviation(ascending),
    median: quantile(ascending, 0.5),
    mad: medianAbsoluteDeviation(ascending),
    p90: quantile(ascending, 0.9),
    points: Array.from({ length: POINTS }, (_, i) =>
      midRankQuantile(ascending, (i + 0.5) / POINTS),
    ),
  };
}

/**
 * A population of few accounts, blended with a wider one: λ = n ÷ (n + strength) of its own.
 *
 * Quantiles are averaged (Vincent's method), which keeps them growing and scales with the values.
 *
 * @param own - the smaller population
 * @param wider - what it is drawn to
 * @param strength - accounts that the wider one is worth, above 0
 * @see https://doi.org/10.1037/0033-2909.86.3.446
 */
export function blend(own: Distribution, wider: Distribution, strength: number): Distribution {
  const share = own.n / (own.n + strength);
  const mix = (a: number, b: number): number => (a === b ? a : share * a + (1 - share) * b);
  return {
    n: own.n,
    mean: mix(own.mean, wider.mean),
    sd: mix(own.sd, wider.sd),
    median: mix(own.median, wider.median),
    mad: mix(own.mad, wider.mad),
    p90: mix(own.p90, wider.p90),
    points: own.points.map((point, i) => mix(point, wider.points[i] as number)),
  };
}
