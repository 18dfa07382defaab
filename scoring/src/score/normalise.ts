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
import { createRankScale } from "./rank-scale.ts";

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
  return createP90Scale(p90, k)(raw);
}

function createP90Scale(p90: number, k: number): Scale {
  if (!(k >= 0 && k <= 20))
    throw new RangeError(`p90Exponential requires k from 0 to 20, got ${k}`);
  if (p90 <= 0) return (raw) => (raw > 0 ? 100 : 50);
  const isLinear = k < 1e-6;
  const full = Math.expm1(-k);
  return (raw) => {
    if (raw >= p90) return 100;
    const r = raw > 0 ? raw / p90 : 0;
    return 1 + 99 * (isLinear ? r : Math.expm1(-k * r) / full);
  };
}

/**
 * Piecewise linear through points, flat outside of them.
 *
 * @param points - `[value, result]`, values growing, at least one
 * @throws {RangeError} if there are no points
 */
export function createLine(points: readonly (readonly [number, number])[]): Scale {
  if (points.length === 0) throw new RangeError("createLine requires at least one point, got none");
  const xs = Float64Array.from(points, ([x]) => x);
  const ys = Float64Array.from(points, ([, y]) => y);
  const slopes = xs.map((x, i) => {
    const run = (xs[i + 1] ?? x) - x;
    return run > 0 ? ((ys[i + 1] as number) - (ys[i] as number)) / run : 0;
  });
  const last = xs.length - 1;
  return (value) => {
    if (value <= (xs[0] as number)) return ys[0] as number;
    if (value >= (xs[last] as number)) return ys[last] as number;
    let i = 0;
    while (value >= (xs[i + 1] as number)) i++;
    return (ys[i] as number) + (slopes[i] as number) * (value - (xs[i] as number));
  };
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
  if (normaliser.kind === "target") {
    const line = createLine(normaliser.points);
    return (value) => clamp(line(value));
  }
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
      return createRankScale(population.points);
    }
    case "zscore": {
      const centre = normaliser.robust ? population.median : population.mean;
      const spread = normaliser.robust ? MAD_TO_SD * population.mad : population.sd;
      return spread > 0
        ? (value) => 100 * normalProbability((value - centre) / spread)
        : (value) => step(value, centre);
    }
    case "minmax": {
      const low = quantileOf(population, normaliser.low ?? 0.05);
      const high = quantileOf(population, normaliser.high ?? 0.95);
      return high > low
        ? (value) => (100 * (value - low)) / (high - low)
        : (value) => step(value, low);
    }
    case "p90_exponential":
      return createP90Scale(population.p90, normaliser.k ?? 2);
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
