import type { Sql } from "../db/client.ts";
import { isUnavailable } from "../db/is-unavailable.ts";
import { createClaimedTurn } from "../jobs/claimed-turn.ts";
import { createLoop, type Loop } from "../jobs/loop.ts";
import type { Logger } from "../logger.ts";
import { findProject } from "../projects/find-project.ts";
import type { Project } from "../projects/queries.ts";
import { calendarDayOf } from "./civil-day.ts";
import { queueReopened, type Reopened } from "./reopened-days.ts";
import { rescoreAccounts } from "./rescore-accounts.ts";
import {
  type ClaimedRescore,
  claimRescores,
  completeRescores,
  releaseRescores,
} from "./rescore-queue.ts";

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
    turn: createRescoreTurn(deps),
  });
}

interface Claim {
  accounts: [ClaimedRescore, ...ClaimedRescore[]];
  /** ISO 8601. */
  leaseUntil: string;
}

/** A turn of the loop returns whether a full batch was found, so that there may be more. */
export function createRescoreTurn(deps: RescoreLoopDeps): () => Promise<boolean> {
  return createClaimedTurn({
    claim: () => claim(deps),
    work: (claimed) => rescoreClaimed(deps, claimed),
    release: ({ accounts, leaseUntil }) => releaseRescores(deps.sql, accounts, leaseUntil),
  });
}

async function claim({ sql, clock }: RescoreLoopDeps): Promise<Claim | null> {
  const now = clock();
  const leaseUntil = toTime(now + LEASE_MS);
  const at = { now: toTime(now), leaseUntil };
  const [first, ...rest] = await claimRescores(sql, { limit: BATCH_ACCOUNTS, ...at });
  return first ? { accounts: [first, ...rest], leaseUntil } : null;
}

async function rescoreClaimed(
  deps: RescoreLoopDeps,
  { accounts, leaseUntil }: Claim,
): Promise<boolean> {
  const { sql, clock } = deps;
  const project = await findProject(sql, accounts[0].projectId);
  const { scored, faults } = project
    ? await scoreApart(deps, project, accounts)
    : { scored: accounts, faults: [] };
  const done = clock();
  const moments = { leaseUntil, now: toTime(done), restUntil: toTime(done + REST_MS) };
  await completeRescores(sql, scored, moments);
  if (faults.length > 0) throw new AggregateError(faults, "accounts can't be scored");
  return accounts.length === BATCH_ACCOUNTS;
}

/** Scores accounts together; where one of them fails by itself, each alone, so that it holds up no other. */
async function scoreApart(
  deps: RescoreLoopDeps,
  project: Project,
  accounts: ClaimedRescore[],
): Promise<{ scored: ClaimedRescore[]; faults: unknown[] }> {
  try {
    await scoreTogether(deps, project, accounts);
    return { scored: accounts, faults: [] };
  } catch (error) {
    if (isUnavailable(error)) throw error;
    if (accounts.length === 1) return { scored: [], faults: [error] };
  }
  const scored: ClaimedRescore[] = [];
  const faults: unknown[] = [];
  for (const account of accounts) {
    const alone = await scoreApart(deps, project, [account]);
    scored.push(...alone.scored);
    faults.push(...alone.faults);
  }
  return { scored, faults };
}

async function scoreTogether(
  deps: RescoreLoopDeps,
  project: Project,
  accounts: ClaimedRescore[],
): Promise<void> {
  const { sql, clock } = deps;
  const now = clock();
  const accountIds = accounts.map((one) => one.accountId);
  const reopened = findReopened(accounts, calendarDayOf(now, project.timeZone));
  const lateFrom = new Map(reopened.map((one) => [one.accountId, one.fromDay]));
  await rescoreAccounts(deps, project, accountIds, { now, lateFrom });
  // Making the scores of past days again is another loop's work.
  if (reopened.length > 0) await queueReopened(sql, project.id, { reopened, now: toTime(clock()) });
}

const toTime = (ms: number): string => new Date(ms).toISOString();

/** The accounts of which late events changed days that are over. */
function findReopened(claimed: readonly ClaimedRescore[], today: string): Reopened[] {
  return claimed.flatMap(({ accountId, reopenFrom }) =>
    reopenFrom !== null && reopenFrom < today ? [{ accountId, fromDay: reopenFrom }] : [],
  );
}
