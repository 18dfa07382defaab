import type { AccountHealth, Tier } from "@telltale/protocol";
import type { AppDeps } from "../../app.ts";
import { findReview, type ModelReview } from "../../models/find-review.ts";
import { calendarDayOf, toCalendarDay, toDayNumber } from "../../scores/civil-day.ts";
import { findSegmentMembers, listSegmentNames } from "../../segments/find-members.ts";
import type { MemberProject } from "../../sign-in/find-session.ts";
import type { SegmentRow } from "../summaries/segment-queries.ts";
import { type BookSummary, readBookSummary, toWeekDays } from "../summaries/summarise-book.ts";
import { whyMoved } from "../why-moved.ts";
import type { BookFilter } from "./filter.ts";
import {
  type BookRow,
  findBookPage,
  findMovers,
  type MoverRow,
  readTierShares,
  type TierShare,
} from "./queries.ts";
import { listSavedViews, type SavedView } from "./view-queries.ts";

/** Accounts on a page of the book. */
export const PAGE_ROWS = 50;
const MOVERS = 5;

/** An account that moved, and why. */
export interface Mover {
  accountId: string;
  name: string | null;
  tier: Tier;
  value: number | null;
  score: number;
  before: number;
  reason: string;
}

/** What the book can be filtered by. */
export type BookWords = BookSummary["words"] & {
  /** Saved segments. */
  saved: { key: string; name: string }[];
};

/** All that the page of the book shows; the figures are of now. */
export interface Book {
  shares: TierShare[];
  weeks: { day: string; counts: Record<Tier, number> }[];
  fell: Mover[];
  rose: Mover[];
  /** The largest, with how they do. */
  segments: SegmentRow[];
  /** Whether somebody is to look at the model again. */
  review: ModelReview;
  rows: BookRow[];
  /** Accounts that the filter leaves. */
  count: number;
  words: BookWords;
  views: SavedView[];
}

/** Reads a page of the book. */
export async function readBook(
  { database, clock }: Pick<AppDeps, "database" | "clock">,
  project: MemberProject,
  filter: BookFilter,
): Promise<Book> {
  const { sql, db } = database;
  const now = clock();
  const weekAgo = daysOf(project, now).weekAgo;
  const [shares, summary, movers, page, saved, views, review] = await Promise.all([
    readTierShares(sql, project.id),
    readBookSummary(sql, project, now),
    findMovers(sql, project.id, { weekAgo, limit: MOVERS }),
    findAccounts({ database, clock }, project, filter, {
      limit: PAGE_ROWS,
      offset: (filter.page - 1) * PAGE_ROWS,
    }),
    listSegmentNames(db, project.id),
    listSavedViews(sql, project.id),
    findReview(sql, project.id, now),
  ]);
  return {
    shares,
    weeks: toWeeks(toWeekDays(now, project.timeZone), summary, shares),
    fell: movers.fell.map(toMover),
    rose: movers.rose.map(toMover),
    segments: summary.segments,
    review,
    ...page,
    words: { ...summary.words, saved },
    views,
  };
}

/** Every account that the filter leaves, up to 100,000. */
export async function readWholeBook(
  deps: Pick<AppDeps, "database" | "clock">,
  project: MemberProject,
  filter: BookFilter,
): Promise<BookRow[]> {
  return (await findAccounts(deps, project, filter, { limit: 100_000, offset: 0 })).rows;
}

function daysOf(project: MemberProject, now: number) {
  const today = toDayNumber(calendarDayOf(now, project.timeZone));
  return { weekAgo: toCalendarDay(today - 7), monthAgo: toCalendarDay(today - 28) };
}

async function findAccounts(
  { database: { sql, db }, clock }: Pick<AppDeps, "database" | "clock">,
  project: MemberProject,
  filter: BookFilter,
  page: { limit: number; offset: number },
) {
  // The key of a saved segment holds no colon, a trait with its value does.
  const isSaved = filter.segment !== "" && !filter.segment.includes(":");
  const members = isSaved ? await findSegmentMembers(db, project.id, filter.segment) : null;
  const days = daysOf(project, clock());
  return findBookPage(sql, project.id, filter, { ...page, days, members });
}

/** Today is as the tiles tell it; the days before were closed. */
function toWeeks(days: string[], { weeks }: BookSummary, shares: TierShare[]): Book["weeks"] {
  return days.map((day, at) => {
    const counts: Record<Tier, number> = { healthy: 0, at_risk: 0, critical: 0, unknown: 0 };
    const rows = at === days.length - 1 ? shares : weeks.filter((row) => row.day === day);
    for (const { tier, accounts } of rows) counts[tier] = accounts;
    return { day, counts };
  });
}

function toMover({ healthNow, healthBefore, ...row }: MoverRow): Mover {
  return {
    ...row,
    reason: whyMoved(healthBefore as AccountHealth, healthNow as AccountHealth),
  };
}
