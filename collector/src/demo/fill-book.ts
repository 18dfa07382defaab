import type { Sql } from "../db/client.ts";
import type { EventWriter } from "../ingest/event-writer.ts";
import type { Project } from "../projects/queries.ts";
import { toCalendarDay } from "../scores/civil-day.ts";
import { refreshNorms } from "../scores/refresh-norms.ts";
import { rescoreAccounts } from "../scores/rescore-accounts.ts";
import { scorePastDays } from "../scores/score-past-days.ts";
import { continueBook } from "./continue-book.ts";
import { simulateNorthwind } from "./northwind.ts";
import { findBookDays, holdRescores, mergeProjectSettings, unholdRescores } from "./queries.ts";
import { simulateDemoBook } from "./simulate-book.ts";
import type { SimulatedAccount } from "./simulated-account.ts";
import { storeAccount } from "./store-account.ts";

const DAY_MS = 86_400_000;
/** Longer than storing takes on a slow machine. */
const HOLD_MS = 120_000;
/** Accounts that are stored at the same time; they share commits. */
const CONCURRENCY = 4;
/** Each day since so long ago gets a score, so that accounts have a history. */
const HISTORY_DAYS = 60;
/** On these days tiers are followed and alerts opened, as they would have been. */
const JUDGED_DAYS_AGO = [42, 35, 30, 28, 21, 14, 10, 7, 5, 3, 2, 1];
/** What was normal is measured on these of them. */
const NORMS_DAYS_AGO = new Set([42, 21, 7, 1]);
/** After a longer rest, the days before stay empty: nobody used the product then. */
const MOST_MISSED_DAYS = 90;

export interface FillBookDeps {
  sql: Sql;
  eventWriter: EventWriter;
  clock: () => number;
  publicUrl: string;
}

export interface FillProgress {
  /** Gets the share that is done, 0–1. */
  onProgress: (share: number) => void;
  /** Stops between two accounts. */
  signal: AbortSignal;
}

/**
 * Stores the simulated accounts and scores their past, up to yesterday: the whole book the first
 * time, later the days that passed meanwhile. What failed half way is stored again, once.
 */
export async function fillBook(
  deps: FillBookDeps,
  project: Project,
  { onProgress, signal }: FillProgress,
): Promise<void> {
  const { sql, clock } = deps;
  const today = Math.floor(clock() / DAY_MS);
  const stored = await findBookDays(sql, project.id, today);
  const bookDay = stored?.bookDay ?? today;
  const noted = { isDemoStored: true, demoBookDay: bookDay, demoStoredUntil: today };
  if (stored && stored.until >= today) {
    await mergeProjectSettings(sql, project.id, noted);
    return onProgress(1);
  }
  const book = [simulateNorthwind(bookDay), ...simulateDemoBook(bookDay)];
  const from = Math.max(stored?.until ?? today, today - MOST_MISSED_DAYS);
  const accounts = stored ? continueBook(book, bookDay, { from, to: today - 1 }) : book;
  const judgedDaysAgo = JUDGED_DAYS_AGO.filter((ago) => !stored || today - ago >= from);
  const accountIds = accounts.map(({ id }) => id);
  const steps = accounts.length + judgedDaysAgo.length;
  let done = 0;
  const onStep = () => onProgress(++done / (steps + 1));
  await holdRescores(sql, project.id, {
    accountIds,
    now: new Date(clock()).toISOString(),
    until: new Date(clock() + HOLD_MS).toISOString(),
  });
  try {
    await storeAccounts(deps, project, accounts, { signal, onStep });
    for (const daysAgo of judgedDaysAgo) {
      if (signal.aborted) return;
      const at = clock() - daysAgo * DAY_MS;
      if (NORMS_DAYS_AGO.has(daysAgo)) await refreshNorms(sql, project, at);
      await rescoreAccounts(deps, project, accountIds, { now: at });
      onStep();
    }
    if (signal.aborted) return;
    await scorePastDays(sql, project, accountIds, {
      from: toCalendarDay(stored ? from : today - HISTORY_DAYS),
      to: toCalendarDay(today - 1),
      unscored: "score",
    });
    await refreshNorms(sql, project, clock());
    await mergeProjectSettings(sql, project.id, noted);
  } finally {
    await unholdRescores(sql, project.id, accountIds);
  }
  onProgress(1);
}

async function storeAccounts(
  deps: FillBookDeps,
  project: Project,
  accounts: readonly SimulatedAccount[],
  { signal, onStep }: { signal: AbortSignal; onStep: () => void },
): Promise<void> {
  const waiting = accounts.values();
  const store = async () => {
    for (const account of waiting) {
      if (signal.aborted) return;
      await storeAccount(deps, project, account);
      onStep();
    }
  };
  await Promise.all(Array.from({ length: CONCURRENCY }, store));
}
