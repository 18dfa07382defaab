import type { Sql } from "../db/client.ts";
import { createLoop, type Loop } from "../jobs/loop.ts";
import type { Logger } from "../logger.ts";
import { findProject } from "../projects/find-project.ts";
import { calendarDayOf } from "./civil-day.ts";
import { queueReopened, type Reopened } from "./reopened-days.ts";
import { rescoreAccounts } from "./rescore-accounts.ts";
import { type ClaimedRescore, claimRescores, completeRescores } from "./rescore-queue.ts";

/** After this long a claimed account is free for another worker. */
const LEASE_MS = 60_000;
const BATCH_ACCOUNTS = 100;
/** An account that something happens to all the time is scored again no sooner than this. */
const REST_MS = 1_500;
const IDLE_MS = 400;

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
    const now = deps.clock();
    const reopened = findReopened(claimed, calendarDayOf(now, project.timeZone));
    const lateFrom = new Map(reopened.map((one) => [one.accountId, one.fromDay]));
    await rescoreAccounts(deps, project, accountIds, { now, lateFrom });
    // Making the scores of past days again is another loop's work.
    if (reopened.length > 0) {
      const at = new Date(deps.clock()).toISOString();
      await queueReopened(deps.sql, project.id, { reopened, now: at });
    }
  }
  const done = deps.clock();
  await completeRescores(deps.sql, claimed, {
    now: new Date(done).toISOString(),
    restUntil: new Date(done + REST_MS).toISOString(),
  });
  return claimed.length === BATCH_ACCOUNTS;
}

/** The accounts of which late events changed days that are over. */
function findReopened(claimed: readonly ClaimedRescore[], today: string): Reopened[] {
  return claimed.flatMap(({ accountId, reopenFrom }) =>
    reopenFrom !== null && reopenFrom < today ? [{ accountId, fromDay: reopenFrom }] : [],
  );
}
