/**
 * Mid-ranks by table: where a value stands among many quantiles, quickly.
 *
 * @module
 */

import { midRankShare } from "../stats/quantile.ts";

/** Slots of the table. With ten times as many as points, most slots hold one point or none. */
const SLOTS = 1024;

/** Points, and an index into them. */
export interface RankTable {
  points: Float64Array;
  /** Slots per unit of the value; 0 where the points have no spread. */
  perUnit: number;
  /** The first point in or after each slot. */
  firstOf: Int32Array;
}

/**
 * Cuts the range of the points into even slots, each of which knows the first point in or after it. What is left to
 * search is nearly always one point, whatever the values, so there is no jump for the processor to guess wrong.
 *
 * @param points - growing, at least one
 */
export function createRankTable(points: readonly number[]): RankTable {
  const sorted = Float64Array.from(points);
  const n = sorted.length;
  const least = sorted[0] as number;
  const perUnit = SLOTS / ((sorted[n - 1] as number) - least);
  const firstOf = new Int32Array(SLOTS + 2).fill(n);
  if (!Number.isFinite(perUnit)) return { points: sorted, perUnit: 0, firstOf };
  for (let i = n - 1; i >= 0; i--) firstOf[(((sorted[i] as number) - least) * perUnit) | 0] = i;
  for (let slot = SLOTS; slot >= 0; slot--) {
    firstOf[slot] = Math.min(firstOf[slot] as number, firstOf[slot + 1] as number);
  }
  return { points: sorted, perUnit, firstOf };
}

/**
 * 100 × {@link midRankShare} of a value, the same to the bit.
 *
 * @param table - of {@link createRankTable}
 * @param value - not NaN
 */
export function rankAmong({ points, perUnit, firstOf }: RankTable, value: number): number {
  const n = points.length;
  const least = points[0] as number;
  if (value < least) return 0;
  if (value > (points[n - 1] as number)) return 100;
  if (perUnit === 0) return 100 * midRankShare(points, value);
  let first = firstOf[((value - least) * perUnit) | 0] as number;
  while ((points[first] as number) < value) first++;
  const above = points[first] as number;
  if (above === value) return 100 * midRankShare(points, value);
  const below = points[first - 1] as number;
  return 100 * ((first - 0.5 + (value - below) / (above - below)) / n);
}
