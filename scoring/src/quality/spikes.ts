/**
 * Days that stand out: cut to size in signals, never deleted.
 *
 * @module
 */

import type { UsageRow } from "../facts.ts";
import { mean, medianAbsoluteDeviation } from "../stats/moments.ts";
import { quantile, sorted } from "../stats/quantile.ts";

/** A day with far more usage than the days before it. */
export interface Spike {
  day: number;
  /** Uses on that day. */
  uses: number;
  /** The most that still looks usual. */
  limit: number;
}

const DAYS_BEFORE = 28;
const LEAST_ACTIVE_DAYS = 14;
/** Robust z from which a day is flagged [ours]; 3.5 is usual, but usage is bursty. */
const Z = 5;

/**
 * The days that stand out from the 28 days before them, by robust z.
 *
 * The spread is 1.4826·MAD, at least a quarter of the median; a day is also at least twice the mean. Accounts with fewer
 * than 14 active days in those 28 have no usual day yet.
 *
 * @param usage - rows of one account, in any order
 */
export function findSpikes(usage: readonly UsageRow[]): Spike[] {
  const uses = new Map<number, number>();
  for (const row of usage) {
    if (row.count > 0) uses.set(row.day, (uses.get(row.day) ?? 0) + row.count);
  }
  const spikes: Spike[] = [];
  for (const [day, count] of [...uses].sort(([a], [b]) => a - b)) {
    let total = 0;
    let active = 0;
    for (let past = day - DAYS_BEFORE; past < day; past++) {
      const before = uses.get(past) ?? 0;
      total += before;
      if (before > 0) active++;
    }
    if (active < LEAST_ACTIVE_DAYS || count <= (2 * total) / DAYS_BEFORE) continue;
    const limit = usualLimit(uses, day);
    if (count > limit) spikes.push({ day, uses: count, limit });
  }
  return spikes;
}

/**
 * Cuts the days that stand out to the most that still looks usual, each row in proportion.
 *
 * @param usage - rows of one account
 * @returns the same list when nothing stands out
 */
export function cutSpikes(usage: readonly UsageRow[]): readonly UsageRow[] {
  const spikes = findSpikes(usage);
  if (spikes.length === 0) return usage;
  const share = new Map(spikes.map((spike) => [spike.day, spike.limit / spike.uses]));
  return usage.map((row) => {
    const cut = share.get(row.day);
    return cut === undefined ? row : { ...row, count: row.count * cut };
  });
}

function usualLimit(uses: ReadonlyMap<number, number>, day: number): number {
  const before = Array.from({ length: DAYS_BEFORE }, (_, i) => uses.get(day - 1 - i) ?? 0);
  const ascending = sorted(before);
  const median = quantile(ascending, 0.5);
  const spread = Math.max(1.4826 * medianAbsoluteDeviation(ascending), 0.25 * median);
  return Math.max(median + Z * spread, 2 * mean(before));
}
