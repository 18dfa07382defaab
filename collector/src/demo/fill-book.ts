import type { Sql } from "../db/client.ts";
import type { EventWriter } from "../ingest/event-writer.ts";
import type { Project } from "../projects/queries.ts";
import { refreshNorms } from "../scores/refresh-norms.ts";
import { rescoreAccounts } from "../scores/rescore-accounts.ts";
import { scorePastDays } from "../scores/score-past-days.ts";
import { simulateNorthwind } from "./northwind.ts";
import { holdRescores, isBookStored, mergeProjectSettings, releaseRescores } from "./queries.ts";
import { simulateDemoBook } from "./simulate-book.ts";
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

export interface FillBookDeps {
  sql: Sql;
  eventWriter: EventWriter;
  clock: () => number;
  publicUrl: string;
}

/**
 * Stores the simulated accounts and scores their past, once a project.
 *
 * @param onProgress - gets the share that is done, 0–1
 * @param signal - stops between two accounts
 */
export async function fillBook(
  deps: FillBookDeps,
  project: Project,
  { onProgress, signal }: { onProgress: (share: number) => void; signal: AbortSignal },
): Promise<void> {
  const { sql, clock } = deps;
  if (await isBookStored(sql, project.id)) return onProgress(1);
  const now = clock();
  const today = Math.floor(now / DAY_MS);
  const accounts = [simulateNorthwind(today), ...simulateDemoBook(today)];
  const accountIds = accounts.map((account) => account.id);
  await holdRescores(sql, project.id, {
    accountIds,
    now: new Date(now).toISOString(),
    until: new Date(now + HOLD_MS).toISOString(),
  });
  const steps = accounts.length + JUDGED_DAYS_AGO.length;
  let done = 0;
  const waiting = accounts.values();
  const store = async () => {
    for (const account of waiting) {
      if (signal.aborted) return;
      await storeAccount(deps, project, account);
      onProgress(++done / steps);
    }
  };
  try {
    await Promise.all(Array.from({ length: CONCURRENCY }, store));
    for (const daysAgo of JUDGED_DAYS_AGO) {
      if (signal.aborted) return;
      const at = now - daysAgo * DAY_MS;
      if (NORMS_DAYS_AGO.has(daysAgo)) await refreshNorms(sql, project, at);
      await rescoreAccounts(deps, project, accountIds, at);
      onProgress(++done / steps);
    }
    await scorePastDays(sql, project, accountIds, {
      from: toDay(today - HISTORY_DAYS),
      to: toDay(today - 1),
      unscored: "score",
    });
    await refreshNorms(sql, project, clock());
    await mergeProjectSettings(sql, project.id, { isDemoStored: true });
  } finally {
    await releaseRescores(sql, project.id, accountIds);
  }
  onProgress(1);
}

const toDay = (day: number): string => new Date(day * DAY_MS).toISOString().slice(0, 10);
