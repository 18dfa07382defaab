/**
 * Signals to the common scale, 0–100, higher is healthier.
 *
 * Every normaliser clamps to 0–100 and never falls in the value (before the direction is applied). In a
 * population without spread, the value of all gets 50, more gets 100 and less gets 0: there is no scale.
 *
 * @module
 */

import type { ComponentSignal } from "../model/model.ts";
import type { Distribution } from "../norms/norms.ts";
import { normalProbability } from "../stats/normal.ts";
import { midRankShare } from "../stats/quantile.ts";

/** Turns a value in its unit into 0–100. */
export type Scale = (value: number) => number;

/** Makes a MAD comparable with a standard deviation of a normal population. */
const MAD_TO_SD = 1.4826;

/**
 * Saturating growth that reaches exactly 100 at the ninetieth percentile, from 1.
 *
 * With r = raw ÷ P90: 1 + 99·(1 − e^(−k·min(r, 1))) ÷ (1 − e^(−k)). A plain exponential never gets to 100 [ours].
 *
 * @param raw - below 0 counts as 0
 * @param p90 - of the population; without one above 0 there is no scale
 * @param k - curvature, 0 (linear) to 20
 * @throws {RangeError} if `k` is out of range
 */
export function p90Exponential(raw: number, p90: number, k = 2): number {
  if (!(k >= 0 && k <= 20))
    throw new RangeError(`p90Exponential requires k from 0 to 20, got ${k}`);
  if (p90 <= 0) return raw > 0 ? 100 : 50;
  const r = Math.min(Math.max(raw / p90, 0), 1);
  if (k < 1e-6) return 1 + 99 * r;
  return 1 + 99 * (Math.expm1(-k * r) / Math.expm1(-k));
}

/**
 * Piecewise linear through points, flat outside of them.
 *
 * @param value - any number
 * @param points - `[value, result]`, values growing, at least one
 */
export function interpolate(value: number, points: readonly (readonly [number, number])[]): number {
  let [x0, y0] = points[0] as readonly [number, number];
  if (value <= x0) return y0;
  for (const [x, y] of points) {
    if (value <= x) return y0 + ((y - y0) * (value - x0)) / (x - x0);
    x0 = x;
    y0 = y;
  }
  return y0;
}

/**
 * The scale of a signal within a population.
 *
 * @param part - normaliser and direction; the points of `target` say their direction themselves
 * @param population - null when the norms know nothing of the signal
 * @returns null when the normaliser needs a population and there is none; for `own_baseline`, the scale of
 *   the account's own z
 */
export function createScale(part: ComponentSignal, population: Distribution | null): Scale | null {
  const { normaliser } = part;
  if (normaliser.kind === "target") return (value) => clamp(interpolate(value, normaliser.points));
  const plain = plainScale(part, population);
  if (!plain) return null;
  return part.direction === "higher"
    ? (value) => clamp(plain(value))
    : (value) => clamp(100 - plain(value));
}

function plainScale(
  { normaliser }: ComponentSignal,
  population: Distribution | null,
): Scale | null {
  if (normaliser.kind === "own_baseline") return (z) => 50 + 50 * Math.tanh(z / 2);
  if (!population) return null;
  switch (normaliser.kind) {
    case "percentile": {
      const points = Float64Array.from(population.points);
      return (value) => 100 * midRankShare(points, value);
    }
    case "zscore": {
      const centre = normaliser.robust ? population.median : population.mean;
      const spread = normaliser.robust ? MAD_TO_SD * population.mad : population.sd;
      return (value) =>
        spread > 0 ? 100 * normalProbability((value - centre) / spread) : step(value, centre);
    }
    case "minmax": {
      const low = quantileOf(population, normaliser.low ?? 0.05);
      const high = quantileOf(population, normaliser.high ?? 0.95);
      return (value) => (high > low ? (100 * (value - low)) / (high - low) : step(value, low));
    }
    case "p90_exponential":
      return (value) => p90Exponential(value, population.p90, normaliser.k);
    default:
      return null;
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

function step(value: number, centre: number): number {
  return value === centre ? 50 : value > centre ? 100 : 0;
}

function clamp(value: number): number {
  return Math.min(100, Math.max(0, value));
}
