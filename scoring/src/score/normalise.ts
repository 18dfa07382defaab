/**
 * Signals to the common scale, 0–100, higher is healthier.
 *
 * Every normaliser is cut to 0–100 and, but for rounding, never falls in the value (before the direction is applied). In a population
 * without spread, the value of all gets 50, more gets 100 and less gets 0: there is no scale.
 *
 * @module
 */

import type { ComponentSignal } from "../model/model.ts";
import type { Distribution } from "../norms/norms.ts";
import {
  createLinearScale,
  createLineScale,
  createNormalScale,
  createP90Scale,
  createRankScale,
  createStepScale,
  createTanhScale,
  type Scale,
} from "./scale.ts";

/** Makes a MAD comparable with a standard deviation of a normal population. */
const MAD_TO_SD = 1.4826;

/**
 * The scale of a signal within a population.
 *
 * @param part - normaliser and direction; the points of `target` say their direction themselves
 * @param population - null when the norms know nothing of the signal
 * @returns null when the normaliser needs a population and there is none; for `own_baseline`, the scale of
 *   the account's own z
 * @throws {RangeError} if the normaliser's numbers are out of range
 */
export function createScale(part: ComponentSignal, population: Distribution | null): Scale | null {
  const { normaliser, direction } = part;
  if (normaliser.kind === "target") return createLineScale(normaliser.points);
  if (normaliser.kind === "own_baseline") return createTanhScale(direction);
  if (!population) return null;
  switch (normaliser.kind) {
    case "percentile":
      return createRankScale(population.points, direction);
    case "zscore": {
      const centre = normaliser.robust ? population.median : population.mean;
      const spread = normaliser.robust ? MAD_TO_SD * population.mad : population.sd;
      if (!(spread > 0)) return createStepScale(centre, direction);
      return createNormalScale({ centre, spread }, direction);
    }
    case "minmax": {
      const low = quantileOf(population, normaliser.low ?? 0.05);
      const high = quantileOf(population, normaliser.high ?? 0.95);
      if (!(high > low)) return createStepScale(low, direction);
      return createLinearScale({ low, high }, direction);
    }
    case "p90_exponential": {
      const { p90 } = population;
      if (!(p90 > 0)) return createStepScale(0, direction);
      return createP90Scale({ p90, k: normaliser.k ?? 2 }, direction);
    }
  }
}

/**
 * A quantile of a population, from its 101 points.
 *
 * @param population - see {@link Distribution.points}
 * @param p - 0–1
 */
export function quantileOf({ points }: Distribution, p: number): number {
  const position = Math.min(Math.max(p * points.length - 0.5, 0), points.length - 1);
  const low = Math.floor(position);
  const from = points[low] as number;
  const to = points[Math.min(low + 1, points.length - 1)] as number;
  return from + (position - low) * (to - from);
}
