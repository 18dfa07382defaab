/**
 * Scales: a value in its unit → 0–100, one at a time or in columns, with the same bits.
 *
 * Every kind has its own loop over a column, so that the compiler can put its formula into it; one shared loop that calls
 * whatever scale it is given takes several times as long.
 *
 * @module
 */

import { normalProbability } from "../stats/normal.ts";
import { createRankTable, rankAmong } from "./rank-table.ts";

/** Where a loop reads and how far it goes; it writes from the start of its target. */
export interface ScaleSpan {
  from: number;
  count: number;
}

/** Turns values in their unit into 0–100. */
export interface Scale {
  /** @returns 0–100, never NaN for a number */
  at(value: number): number;
  /** Fills the target from a column; NaN stays NaN. The target may be the column itself, from 0. */
  fill(target: Float64Array, values: Float64Array, span: ScaleSpan): void;
}

/** Which end is healthy. */
export type Direction = "higher" | "lower";

/** The mid-rank share among points, × 100. */
export function createRankScale(points: readonly number[], direction: Direction): Scale {
  const table = createRankTable(points);
  const { offset, sign } = turnOf(direction);
  const at = (value: number): number => cut(offset + sign * rankAmong(table, value));
  return {
    at,
    fill(target, values, { from, count }) {
      for (let i = 0; i < count; i++) {
        const value = values[from + i] as number;
        target[i] = Number.isNaN(value) ? value : at(value);
      }
    },
  };
}

/** 100·Φ of the distance to a centre, in spreads. */
export function createNormalScale(
  { centre, spread }: { centre: number; spread: number },
  direction: Direction,
): Scale {
  const { offset, sign } = turnOf(direction);
  const at = (value: number): number =>
    cut(offset + sign * (100 * normalProbability((value - centre) / spread)));
  return {
    at,
    fill(target, values, { from, count }) {
      for (let i = 0; i < count; i++) {
        const value = values[from + i] as number;
        target[i] = Number.isNaN(value) ? value : at(value);
      }
    },
  };
}

/** Linear from 0 at `low` to 100 at `high`. */
export function createLinearScale(
  { low, high }: { low: number; high: number },
  direction: Direction,
): Scale {
  const { offset, sign } = turnOf(direction);
  const at = (value: number): number => cut(offset + sign * ((100 * (value - low)) / (high - low)));
  return {
    at,
    fill(target, values, { from, count }) {
      for (let i = 0; i < count; i++) {
        const value = values[from + i] as number;
        target[i] = Number.isNaN(value) ? value : at(value);
      }
    },
  };
}

/**
 * Saturating growth from 1 for nothing to exactly 100 at the ninetieth percentile.
 *
 * With r = raw ÷ P90, from 0 to 1: 1 + 99·(1 − e^(−k·r)) ÷ (1 − e^(−k)). A plain exponential never gets to 100 [ours].
 *
 * @param p90 - of the population, above 0
 * @param k - curvature, 0 (linear) to 20
 * @throws {RangeError} if `k` is not from 0 to 20
 */
export function createP90Scale(
  { p90, k }: { p90: number; k: number },
  direction: Direction,
): Scale {
  if (!(k >= 0 && k <= 20))
    throw new RangeError(`createP90Scale requires k from 0 to 20, got ${k}`);
  const { offset, sign } = turnOf(direction);
  const isLinear = k < 1e-6;
  const full = Math.expm1(-k);
  const at = (raw: number): number => {
    if (raw >= p90) return cut(offset + sign * 100);
    const r = raw > 0 ? raw / p90 : 0;
    return cut(offset + sign * (1 + 99 * (isLinear ? r : Math.expm1(-k * r) / full)));
  };
  return {
    at,
    fill(target, values, { from, count }) {
      for (let i = 0; i < count; i++) {
        const value = values[from + i] as number;
        target[i] = Number.isNaN(value) ? value : at(value);
      }
    },
  };
}

/** 50 + 50·tanh(z ÷ 2). */
export function createTanhScale(direction: Direction): Scale {
  const { offset, sign } = turnOf(direction);
  const at = (z: number): number => cut(offset + sign * (50 + 50 * Math.tanh(z / 2)));
  return {
    at,
    fill(target, values, { from, count }) {
      for (let i = 0; i < count; i++) {
        const value = values[from + i] as number;
        target[i] = Number.isNaN(value) ? value : at(value);
      }
    },
  };
}

/**
 * Piecewise linear through points, flat outside of them, cut to 0–100.
 *
 * @param points - `[value, result]`, values growing, at least one
 * @throws {RangeError} if there are no points
 */
export function createLineScale(points: readonly (readonly [number, number])[]): Scale {
  if (points.length === 0) {
    throw new RangeError("createLineScale requires at least one point, got none");
  }
  const { offset, sign } = turnOf("higher");
  const xs = Float64Array.from(points, ([x]) => x);
  const ys = Float64Array.from(points, ([, y]) => y);
  const slopes = xs.map((x, i) => {
    const run = (xs[i + 1] ?? x) - x;
    return run > 0 ? ((ys[i + 1] as number) - (ys[i] as number)) / run : 0;
  });
  const last = xs.length - 1;
  const at = (value: number): number => {
    if (value <= (xs[0] as number)) return cut(offset + sign * (ys[0] as number));
    if (value >= (xs[last] as number)) return cut(offset + sign * (ys[last] as number));
    let i = 0;
    while (value >= (xs[i + 1] as number)) i++;
    return cut(
      offset + sign * ((ys[i] as number) + (slopes[i] as number) * (value - (xs[i] as number))),
    );
  };
  return {
    at,
    fill(target, values, { from, count }) {
      for (let i = 0; i < count; i++) {
        const value = values[from + i] as number;
        target[i] = Number.isNaN(value) ? value : at(value);
      }
    },
  };
}

/** 50 at the value that all have, 100 above and 0 below: a population without spread has no scale. */
export function createStepScale(centre: number, direction: Direction): Scale {
  const { offset, sign } = turnOf(direction);
  const at = (value: number): number =>
    cut(offset + sign * (value === centre ? 50 : value > centre ? 100 : 0));
  return {
    at,
    fill(target, values, { from, count }) {
      for (let i = 0; i < count; i++) {
        const value = values[from + i] as number;
        target[i] = Number.isNaN(value) ? value : at(value);
      }
    },
  };
}

interface Turn {
  offset: number;
  sign: number;
}

function turnOf(direction: Direction): Turn {
  return direction === "higher" ? { offset: 0, sign: 1 } : { offset: 100, sign: -1 };
}

function cut(value: number): number {
  return Math.min(100, Math.max(0, value));
}
