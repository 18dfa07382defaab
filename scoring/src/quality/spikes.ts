/**
 * Days that stand out: cut to size in signals, never deleted.
 *
 * @module
 */

import type { UsageRow } from "../facts.ts";

/** A day with far more usage than the days before it. */
export interface Spike {
  day: number;
  /** Uses on that day. */
  uses: number;
  /** The most that still looks usual. */
  limit: number;
}

/** Days before a day that tell what is usual: so much further back than a window usage is to be known. */
export const SPIKE_HISTORY_DAYS = 28;
const LEAST_ACTIVE_DAYS = 14;
/** A century: a row further away than that has no date. */
const MOST_DAYS = 36_525;
/** Robust z from which a day is flagged [ours]; 3.5 is usual, but usage is bursty. */
const Z = 5;

/**
 * The days that stand out from the 28 days before them, by robust z.
 *
 * The spread is 1.4826·MAD, at least a quarter of the median; a day is also at least twice the mean. Accounts with fewer
 * than 14 active days in those 28 have no usual day yet.
 *
 * @param usage - rows of one account, or its sums of days, in any order
 */
export function findSpikes(usage: readonly Pick<UsageRow, "day" | "count">[]): Spike[] {
  let first = Number.POSITIVE_INFINITY;
  let last = Number.NEGATIVE_INFINITY;
  for (const { day } of usage) {
    if (day < first) first = day;
    if (day > last) last = day;
  }
  // Below that nothing can be found; above, the days are no days.
  const days = last - first + 1;
  if (!(days > LEAST_ACTIVE_DAYS) || days > MOST_DAYS) return [];
  const uses = new Float64Array(days);
  for (const { day, count } of usage) {
    if (count > 0) uses[day - first] = (uses[day - first] as number) + count;
  }
  const spikes: Spike[] = [];
  let total = 0;
  let active = 0;
  for (let i = 0; i < days; i++) {
    const count = uses[i] as number;
    if (active >= LEAST_ACTIVE_DAYS && count > (2 * total) / SPIKE_HISTORY_DAYS) {
      const limit = usualLimit(uses, i);
      if (count > limit) spikes.push({ day: first + i, uses: count, limit });
    }
    const gone = i >= SPIKE_HISTORY_DAYS ? (uses[i - SPIKE_HISTORY_DAYS] as number) : 0;
    total += count - gone;
    active += (count > 0 ? 1 : 0) - (gone > 0 ? 1 : 0);
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

function usualLimit(uses: Float64Array, at: number): number {
  const before = new Float64Array(SPIKE_HISTORY_DAYS);
  before.set(uses.subarray(Math.max(0, at - SPIKE_HISTORY_DAYS), at));
  before.sort();
  const median = middleOf(before);
  let total = 0;
  const distances = before.map((count) => {
    total += count;
    return Math.abs(count - median);
  });
  const spread = Math.max(1.4826 * middleOf(distances.sort()), 0.25 * median);
  return Math.max(median + Z * spread, (2 * total) / SPIKE_HISTORY_DAYS);
}

/** The median of an even number of growing values. */
function middleOf(ascending: Float64Array): number {
  const half = ascending.length / 2;
  return ((ascending[half - 1] as number) + (ascending[half] as number)) / 2;
}
