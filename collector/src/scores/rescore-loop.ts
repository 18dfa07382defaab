import type { Sql } from "../db/client.ts";
import { createLoop, type Loop } from "../jobs/loop.ts";
import type { Logger } from "../logger.ts";
import { findProject } from "../projects/find-project.ts";
import type { Project } from "../projects/queries.ts";
import { calendarDayOf, toCalendarDay, toDayNumber } from "./civil-day.ts";
import { rescoreAccounts } from "./rescore-accounts.ts";
import { type ClaimedRescore, claimRescores, completeRescores } from "./rescore-queue.ts";
import { scorePastDays } from "./score-past-days.ts";

/** After this long a claimed account is free for another worker. */
const LEASE_MS = 60_000;
const BATCH_ACCOUNTS = 100;
const IDLE_MS = 400;
/** A late event reaches so far back into scores that were already made. */
const MAX_REOPENED_DAYS = 400;

interface RescoreLoopDeps {
  sql: Sql;
  clock: () => number;
  logger: Logger;
  publicUrl: string;
}

/** Rescores the accounts that something happened to, oldest first, within seconds. */
export function createRescoreLoop(deps: RescoreLoopDeps): Loop {
  return createLoop({
    name: "rescore",
    idleMs: IDLE_MS,
    logger: deps.logger,
    turn: () => rescoreDue(deps),
  });
}

/** One turn of the loop. @returns whether a full batch was found, so that there may be more */
export async function rescoreDue(deps: RescoreLoopDeps): Promise<boolean> {
  const now = deps.clock();
  const claimed = await claimRescores(deps.sql, {
    limit: BATCH_ACCOUNTS,
    now: new Date(now).toISOString(),
    leaseUntil: new Date(now + LEASE_MS).toISOString(),
  });
  const [first] = claimed;
  if (!first) return false;
  const project = await findProject(deps.sql, first.projectId);
  if (project) {
    const accountIds = claimed.map((one) => one.accountId);
    await rescoreAccounts(deps, project, accountIds, deps.clock());
    await reopenDays(deps, project, claimed);
  }
  await completeRescores(deps.sql, claimed);
  return claimed.length === BATCH_ACCOUNTS;
}

/** Late events change days that are over: their scores are made again. */
async function reopenDays(
  deps: RescoreLoopDeps,
  project: Project,
  claimed: ClaimedRescore[],
): Promise<void> {
  const today = calendarDayOf(deps.clock(), project.timeZone);
  const yesterday = toCalendarDay(toDayNumber(today) - 1);
  const earliest = toCalendarDay(toDayNumber(today) - MAX_REOPENED_DAYS);
  for (const { accountId, reopenFrom } of claimed) {
    if (reopenFrom === null || reopenFrom >= today) continue;
    const from = [reopenFrom, earliest].sort().at(-1) ?? reopenFrom;
    const days = { from, to: yesterday, unscored: "leave-out" } as const;
    await scorePastDays(deps.sql, project, [accountId], days);
  }
}
