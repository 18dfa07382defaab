import type { Sql } from "../../db/client.ts";
import { calendarDayOf, toCalendarDay, toDayNumber } from "../../scores/civil-day.ts";
import {
  findAccountsChangedSince,
  findSummaryRun,
  recordSummaryRun,
  summariseAccounts,
} from "./queries.ts";

const PAGE_ACCOUNTS = 200;
/** Days that summaries look back. */
export const SPAN_DAYS = 180;
const WINDOW_DAYS = 28;
/** An event may be stored a little after its account was seen. */
const OVERLAP_MS = 3_600_000;

/**
 * Sums up what accounts did with features and tasks: those that changed since the last time, or
 * all of them, which lets the 28 days of silent accounts pass too.
 *
 * @param now - milliseconds since the epoch
 */
export async function summariseUsage(
  sql: Sql,
  project: { id: string; timeZone: string },
  { scope, now }: { scope: "changed" | "all"; now: number },
): Promise<void> {
  const today = toDayNumber(calendarDayOf(now, project.timeZone));
  const last = scope === "changed" ? await findSummaryRun(sql, project.id) : null;
  const seenSince = last && new Date(last.getTime() - OVERLAP_MS).toISOString();
  for (let after = ""; ; ) {
    const page = { since: seenSince, after, limit: PAGE_ACCOUNTS };
    const accountIds = await findAccountsChangedSince(sql, project.id, page);
    if (accountIds.length === 0) break;
    await summariseAccounts(sql, project.id, {
      accountIds,
      since: toCalendarDay(today - SPAN_DAYS),
      monthAgo: toCalendarDay(today - WINDOW_DAYS),
    });
    after = accountIds.at(-1) ?? after;
  }
  await recordSummaryRun(sql, project.id, new Date(now).toISOString());
}
