/**
 * An account's usage by day, so that a window of it is found without looking at every row.
 *
 * @module
 */

import type { UsageRow } from "../facts.ts";

/** Usage of one account, ready to be cut into windows again and again. */
export interface UsageIndex {
  /** Rows with a use of the days `first` to `last`, both inclusive, by growing day, without some events. */
  between(first: number, last: number, ignoredEvents: readonly string[]): UsageRow[];
  /** First and last day with a use of any kind up to a day; null without any. */
  spanUntil(day: number): { first: number; last: number } | null;
}

/**
 * Puts usage in the order of its days.
 *
 * @param usage - rows of one account, in any order; those of one day keep theirs
 */
export function createUsageIndex(usage: readonly UsageRow[]): UsageIndex {
  const used = inOrder(usage.filter((row) => row.count > 0));
  const lists = new Map<string, UsageRow[]>([["", used]]);

  function listWithout(ignoredEvents: readonly string[]): UsageRow[] {
    const key = ignoredEvents.join("\u0000");
    let list = lists.get(key);
    if (!list) {
      const ignored = new Set(ignoredEvents);
      list = used.filter((row) => !ignored.has(row.event));
      lists.set(key, list);
    }
    return list;
  }

  return {
    between(first, last, ignoredEvents) {
      const list = listWithout(ignoredEvents);
      return list.slice(firstFrom(list, first), firstFrom(list, last + 1));
    },
    spanUntil(day) {
      const after = firstFrom(used, day + 1);
      const [first, last] = [used[0], used[after - 1]];
      return first && last ? { first: first.day, last: last.day } : null;
    },
  };
}

function inOrder(rows: UsageRow[]): UsageRow[] {
  const isOrdered = rows.every((row, i) => i === 0 || (rows[i - 1] as UsageRow).day <= row.day);
  return isOrdered ? rows : rows.sort((a, b) => a.day - b.day);
}

/** The place of the first row of a day or a later one. */
function firstFrom(rows: readonly UsageRow[], day: number): number {
  let low = 0;
  let high = rows.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((rows[middle] as UsageRow).day < day) low = middle + 1;
    else high = middle;
  }
  return low;
}
