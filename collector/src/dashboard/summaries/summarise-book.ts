import type { Sql } from "../../db/client.ts";
import { calendarDayOf, toCalendarDay, toDayNumber } from "../../scores/civil-day.ts";
import { countAccounts } from "../../scores/queries.ts";
import { countAdoption, type FeatureRow } from "./adoption-queries.ts";
import { countTiers, findBookSummary, type TierDay, upsertBookSummary } from "./book-queries.ts";
import {
  countFeatureFriction,
  countFeatureSteps,
  type FeatureFriction,
  type FeatureStep,
} from "./path-queries.ts";
import { measureSegments, type SegmentRow } from "./segment-queries.ts";
import { SPAN_DAYS, summariseUsage } from "./summarise-usage.ts";
import { type BookWords, readBookWords } from "./word-queries.ts";

/** Weeks that the book looks back, this one included. */
export const BOOK_WEEKS = 13;
const WINDOW_DAYS = 28;
const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
/** The worker makes one every five minutes; a page that finds an older one makes it itself. */
const STALE_MS = 15 * MINUTE_MS;
/** A small book is summed up when somebody looks. */
const SMALL_BOOK = 200;
const SMALL_STALE_MS = 10_000;

/** What is counted over the whole book, and when it was. */
export interface BookSummary {
  asOf: Date;
  accounts: number;
  /** Tiers on the day of each of the last weeks, today left out. */
  weeks: TierDay[];
  features: FeatureRow[];
  steps: FeatureStep[];
  friction: FeatureFriction[];
  segments: SegmentRow[];
  words: BookWords & { features: string[] };
}

interface SummarisedProject {
  id: string;
  timeZone: string;
}

/** The weekly days that the book shows, oldest first; the last is today. */
export function toWeekDays(now: number, timeZone: string): string[] {
  const today = toDayNumber(calendarDayOf(now, timeZone));
  return Array.from({ length: BOOK_WEEKS }, (_, week) =>
    toCalendarDay(today - 7 * (BOOK_WEEKS - 1 - week)),
  );
}

/** Counts what the pages about the whole book show, and stores it. */
export async function summariseBook(
  sql: Sql,
  { id, timeZone }: SummarisedProject,
  now: number,
): Promise<BookSummary> {
  const days = toWeekDays(now, timeZone);
  const day = days.at(-1) ?? "";
  const monthAgo = toCalendarDay(toDayNumber(day) - WINDOW_DAYS);
  const [accounts, weeks, features, steps, friction, segments, words] = await Promise.all([
    countAccounts(sql, id),
    countTiers(sql, id, days.slice(0, -1)),
    countAdoption(sql, id, monthAgo),
    countFeatureSteps(sql, id, toCalendarDay(toDayNumber(day) - SPAN_DAYS)),
    countFeatureFriction(sql, id, now - WINDOW_DAYS * DAY_MS),
    measureSegments(sql, id, { days: days.slice(0, -1), since: monthAgo }),
    readBookWords(sql, id),
  ]);
  const used = features.map(({ feature }) => feature).sort();
  const detail = {
    accounts,
    weeks,
    features,
    steps,
    friction,
    segments,
    words: { ...words, features: used },
  };
  const asOf = new Date(now);
  await upsertBookSummary(sql, id, { asOf, day, detail });
  return { ...detail, asOf };
}

/**
 * The newest summary of a book. One that is of another day or too old is made anew first, so that
 * the pages work without a worker too.
 */
export async function readBookSummary(
  sql: Sql,
  project: SummarisedProject,
  now: number,
): Promise<BookSummary> {
  const stored = await findBookSummary(sql, project.id);
  const known = stored && { ...(stored.detail as Omit<BookSummary, "asOf">), asOf: stored.asOf };
  const isSmall = (known?.accounts ?? 0) <= SMALL_BOOK;
  const isOfToday = stored?.day === calendarDayOf(now, project.timeZone);
  // One that an older version stored has no segments.
  if (
    known?.segments &&
    isOfToday &&
    now - known.asOf.getTime() < (isSmall ? SMALL_STALE_MS : STALE_MS)
  ) {
    return known;
  }
  // What was small when it was last summed up may have grown; a large book's use is the worker's.
  if (isSmall && (await countAccounts(sql, project.id)) <= SMALL_BOOK) {
    await summariseUsage(sql, project, { scope: "all", now });
  }
  return summariseBook(sql, project, now);
}
