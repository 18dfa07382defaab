import type { AccountHealth, Tier } from "@telltale/protocol";
import type { AppDeps } from "../../app.ts";
import { calendarDayOf, toCalendarDay, toDayNumber } from "../../scores/civil-day.ts";
import type { MemberProject } from "../../sign-in/find-session.ts";
import { createBriefMemory } from "../briefly.ts";
import {
  type BookRow,
  findBookPage,
  findMovers,
  readTierDays,
  readTierShares,
  type TierShare,
} from "../queries/book.ts";
import { type BookOptions, readBookOptions } from "../queries/book-options.ts";
import { listSavedViews, type SavedView } from "../queries/saved-views.ts";
import { whyMoved } from "../why-moved.ts";
import type { BookFilter } from "./filter.ts";

/** Accounts on a page of the book. */
export const PAGE_ROWS = 50;
const WEEKS = 13;
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

/** The figures of the whole book, whatever the filter. */
export interface BookSummary {
  shares: TierShare[];
  weeks: { day: string; counts: Record<Tier, number> }[];
  fell: Mover[];
  rose: Mover[];
}

/** All that the page of the book shows. */
export interface Book extends BookSummary {
  rows: BookRow[];
  /** Accounts that the filter leaves. */
  count: number;
  options: BookOptions;
  views: SavedView[];
}

export interface BookReader {
  read(project: MemberProject, filter: BookFilter): Promise<Book>;
  /** Every account that the filter leaves, up to 100,000. */
  readAll(project: MemberProject, filter: BookFilter): Promise<BookRow[]>;
}

/** Reads the book; the figures over all accounts are at most two minutes old. */
export function createBookReader({ database, clock }: Pick<AppDeps, "database" | "clock">) {
  const { sql } = database;
  const summaries = createBriefMemory<BookSummary>(clock, {
    keepMs: 20_000,
    staleMs: 120_000,
    most: 200,
    // The first account shows at once.
    isWorthKeeping: ({ shares }) => shares.length > 0,
  });
  const options = createBriefMemory<BookOptions>(clock, {
    keepMs: 300_000,
    staleMs: 3_600_000,
    most: 200,
  });

  function daysOf(project: MemberProject) {
    const today = toDayNumber(calendarDayOf(clock(), project.timeZone));
    return { today, weekAgo: toCalendarDay(today - 7), monthAgo: toCalendarDay(today - 28) };
  }

  async function summarise(project: MemberProject): Promise<BookSummary> {
    const { today, weekAgo } = daysOf(project);
    const weekDays = Array.from({ length: WEEKS }, (_, week) =>
      toCalendarDay(today - 7 * (WEEKS - 1 - week)),
    );
    const [shares, tierDays, fell, rose] = await Promise.all([
      readTierShares(sql, project.id),
      readTierDays(sql, project.id, weekDays),
      findMovers(sql, project.id, weekAgo, { moved: "down", limit: MOVERS }),
      findMovers(sql, project.id, weekAgo, { moved: "up", limit: MOVERS }),
    ]);
    const toMover = ({ healthNow, healthBefore, ...row }: (typeof fell)[number]): Mover => ({
      ...row,
      reason: whyMoved(healthBefore as AccountHealth, healthNow as AccountHealth),
    });
    const weeks = weekDays.map((day) => {
      const counts: Record<Tier, number> = { healthy: 0, at_risk: 0, critical: 0, unknown: 0 };
      for (const row of tierDays) if (row.day === day) counts[row.tier] = row.accounts;
      return { day, counts };
    });
    return { shares, weeks, fell: fell.map(toMover), rose: rose.map(toMover) };
  }

  const reader: BookReader = {
    async read(project, filter) {
      const days = daysOf(project);
      const [summary, page, words, views] = await Promise.all([
        summaries(`${project.id} ${days.today}`, () => summarise(project)),
        findBookPage(sql, project.id, filter, {
          days,
          limit: PAGE_ROWS,
          offset: (filter.page - 1) * PAGE_ROWS,
        }),
        options(project.id, () => readBookOptions(sql, project.id, days.monthAgo)),
        listSavedViews(sql, project.id),
      ]);
      return { ...summary, ...page, options: words, views };
    },
    async readAll(project, filter) {
      const page = { days: daysOf(project), limit: 100_000, offset: 0 };
      return (await findBookPage(sql, project.id, filter, page)).rows;
    },
  };
  return reader;
}
