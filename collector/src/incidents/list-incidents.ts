import type { Sql } from "../db/client.ts";
import { calendarDayOf, toCalendarDay, toDayNumber } from "../scores/civil-day.ts";
import { readIncidents } from "./queries.ts";

const LISTED_DAYS = 365;

/** A day on which a source fell silent for nearly everybody. */
export interface Incident {
  source: string;
  day: string;
  expected: { events: number; accounts: number };
  observed: { events: number; accounts: number };
  openedAt: string;
  resolvedAt: string | null;
}

/** The incidents of the last year, newest first. */
export async function listIncidents(sql: Sql, projectId: string, now: number): Promise<Incident[]> {
  const since = toCalendarDay(toDayNumber(calendarDayOf(now, "UTC")) - LISTED_DAYS);
  const rows = await readIncidents(sql, projectId, since);
  return rows.map((row) => ({
    source: row.source,
    day: row.day,
    expected: { events: row.expectedEvents, accounts: row.expectedAccounts },
    observed: { events: row.observedEvents, accounts: row.observedAccounts },
    openedAt: row.openedAt.toISOString(),
    resolvedAt: row.resolvedAt?.toISOString() ?? null,
  }));
}
