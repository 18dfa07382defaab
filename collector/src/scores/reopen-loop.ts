import type { Sql } from "../db/client.ts";
import { createClaimedTurn } from "../jobs/claimed-turn.ts";
import { createLoop, type Loop } from "../jobs/loop.ts";
import type { Logger } from "../logger.ts";
import { findProject } from "../projects/find-project.ts";
import { calendarDayOf, toCalendarDay, toDayNumber } from "./civil-day.ts";
import {
  type ClaimedReopened,
  claimReopened,
  completeReopened,
  releaseReopened,
} from "./reopened-days.ts";
import { scorePastDays } from "./score-past-days.ts";

/** Longer than one account's year takes. */
const LEASE_MS = 10 * 60_000;
const IDLE_MS = 1_000;
/** A late event reaches so far back into scores that were already made. */
const MAX_REOPENED_DAYS = 400;

interface ReopenDeps {
  sql: Sql;
  clock: () => number;
}

/** Makes the scores of past days again that late events changed, an account at a time. */
export function createReopenLoop(deps: ReopenDeps & { logger: Logger }): Loop {
  return createLoop({
    name: "reopen",
    idleMs: IDLE_MS,
    logger: deps.logger,
    turn: createReopenTurn(deps),
  });
}

/** A turn of the loop returns whether there was an account. */
export function createReopenTurn({ sql, clock }: ReopenDeps): () => Promise<boolean> {
  return createClaimedTurn({
    claim() {
      const now = clock();
      return claimReopened(sql, {
        now: new Date(now).toISOString(),
        leaseUntil: new Date(now + LEASE_MS).toISOString(),
      });
    },
    async work(claimed) {
      await scoreReopened({ sql, clock }, claimed);
      await completeReopened(sql, claimed);
      return true;
    },
    release: (claimed) => releaseReopened(sql, claimed),
  });
}

async function scoreReopened({ sql, clock }: ReopenDeps, claimed: ClaimedReopened): Promise<void> {
  const project = await findProject(sql, claimed.projectId);
  if (!project) return;
  const today = toDayNumber(calendarDayOf(clock(), project.timeZone));
  const earliest = today - MAX_REOPENED_DAYS;
  await scorePastDays(sql, project, [claimed.accountId], {
    from: toCalendarDay(Math.max(toDayNumber(claimed.fromDay), earliest)),
    to: toCalendarDay(today - 1),
    unscored: "leave-out",
  });
}
