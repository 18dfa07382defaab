/**
 * Mid-ranks by table: where a value stands among many quantiles, quickly.
 *
 * @module
 */

import { midRankShare } from "../stats/quantile.ts";
import type { Scale } from "./normalise.ts";

/** Slots of the table. With ten times as many as points, most slots hold one point or none. */
const SLOTS = 1024;

/**
 * The scale value → 100 × {@link midRankShare}, the same to the bit.
 *
 * The range of the points is cut into even slots, each of which knows the first point in or after it; what is left to
 * search is nearly always one point, whatever the values, so there is no jump for the processor to guess wrong.
 *
 * @param points - growing, at least one
 */
export function createRankScale(points: readonly number[]): Scale {
  const sorted = Float64Array.from(points);
  const n = sorted.length;
  const least = sorted[0] as number;
  const most = sorted[n - 1] as number;
  const perUnit = SLOTS / (most - least);
  if (!Number.isFinite(perUnit)) return (value) => 100 * midRankShare(sorted, value);
  const slotOf = (value: number): number => ((value - least) * perUnit) | 0;
  const firstOf = new Int32Array(SLOTS + 2).fill(n);
  for (let i = n - 1; i >= 0; i--) firstOf[slotOf(sorted[i] as number)] = i;
  for (let slot = SLOTS; slot >= 0; slot--) {
    firstOf[slot] = Math.min(firstOf[slot] as number, firstOf[slot + 1] as number);
  }
  return (value) => {
    if (value < least) return 0;
    if (value > most) return 100;
    let first = firstOf[((value - least) * perUnit) | 0] as number;
    while ((sorted[first] as number) < value) first++;
    const above = sorted[first] as number;
    if (above === value) return 100 * midRankShare(sorted, value);
    const below = sorted[first - 1] as number;
    return 100 * ((first - 0.5 + (value - below) / (above - below)) / n);
  };
}
