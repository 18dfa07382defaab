import { findSpikes, SPIKE_HISTORY_DAYS } from "@telltale/scoring";
import type { Sql } from "../db/client.ts";
import { toCalendarDay, toDayNumber } from "./civil-day.ts";
import { readDailyUses } from "./past-queries.ts";

/** A day with far more use than the days before it. */
export interface UsageSpike {
  day: string;
  uses: number;
  /** The most that still looks usual: signals take the day for so much. */
  countedAs: number;
}

/**
 * The days on which an account did far more than is usual for it, oldest first. Nothing of them is
 * deleted; signals count no more than what still looks usual.
 *
 * @param span - calendar days, both inclusive
 */
export async function listSpikes(
  sql: Sql,
  account: { projectId: string; accountId: string },
  { from, to }: { from: string; to: string },
): Promise<UsageSpike[]> {
  const since = toCalendarDay(toDayNumber(from) - SPIKE_HISTORY_DAYS - 1);
  const uses = await readDailyUses(sql, account, { since, until: to });
  return findSpikes(uses)
    .map(({ day, uses: count, limit }) => ({
      day: toCalendarDay(day),
      uses: count,
      countedAs: limit,
    }))
    .filter(({ day }) => day >= from);
}
