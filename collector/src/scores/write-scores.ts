import type { AccountHealth } from "@telltale/protocol";
import { advanceTier, createScorer, type ScoredAccount, type TierState } from "@telltale/scoring";
import { onScoreWritten } from "../alerts/on-score-written.ts";
import type { SqlQueryable } from "../db/client.ts";
import type { Project } from "../projects/queries.ts";
import { calendarDayOf, toCalendarDay, toDayNumber } from "./civil-day.ts";
import { inputHashOf } from "./input-hash.ts";
import type { Judge } from "./judge.ts";
import type { MeasuredAccount } from "./measure-accounts.ts";
import {
  type AccountRow,
  type NewScore,
  readEarlierScores,
  readStandings,
  type StandingRow,
  upsertScores,
} from "./queries.ts";
import { toAccountHealth } from "./to-account-health.ts";

const DAY_MS = 86_400_000;

interface Written {
  account: AccountRow;
  previous: StandingRow | undefined;
  /** {@link previous}, where it counts for anything. */
  standing: StandingRow | null;
  health: AccountHealth;
  row: NewScore;
}

export interface ScoreWriting {
  project: Project;
  judge: Judge;
  /** Milliseconds since the epoch. */
  now: number;
  /** For the link in webhooks, without a slash at the end. */
  publicUrl: string;
  /** By account, the earliest calendar day that events changed since the last time; absent: none. */
  lateFrom?: ReadonlyMap<string, string>;
}

/**
 * Locks where accounts stand, so that two workers can't both take the same step. Comes first in
 * the transaction that reads their facts and writes their scores.
 */
export const lockStandings = readStandings;

/**
 * Judges measured accounts and writes their scores, where they stand, and what follows from it:
 * alerts, webhook messages and their deliveries, all in the caller's transaction.
 *
 * @param standings - of {@link lockStandings}
 */
export async function writeScores(
  tx: SqlQueryable,
  writing: ScoreWriting,
  standings: Map<string, StandingRow>,
  measured: MeasuredAccount[],
): Promise<AccountHealth[]> {
  const { project, judge, now } = writing;
  const ids = measured.map((one) => one.account.accountId);
  const today = toDayNumber(calendarDayOf(now, project.timeZone));
  const day = toCalendarDay(today);
  const days7 = await readEarlierScores(tx, project.id, ids, toCalendarDay(today - 7));
  const days30 = await readEarlierScores(tx, project.id, ids, toCalendarDay(today - 30));
  const scorer = createScorer(judge);
  const written = measured.map(({ account, createdAt, segments, signals }): Written => {
    const { accountId } = account;
    const scored = scorer.score({ accountId, createdAt, segments, signals, now });
    const previous = standings.get(accountId);
    const standing = findStanding(previous, writing);
    const state = standing && (standing.tierState as TierState);
    // A profile may have bounds of its own.
    const { model } = scorer.compiledFor({ createdAt, segments, now }).compiled;
    const tierState = advanceTier({ state, scored, model, now });
    const sequence = nextSequence(previous, scored, tierState);
    const earlier = {
      days7: days7.get(accountId) ?? null,
      days30: days30.get(accountId) ?? null,
    };
    const health = toAccountHealth(scored, { tierState, sequence, earlier });
    const inputHash = inputHashOf({ createdAt, segments, signals }, judge);
    return {
      account,
      previous,
      standing,
      health,
      row: toRow({ health, tierState, day, inputHash }),
    };
  });
  const rows = written.map((one) => one.row);
  await upsertScores(tx, project.id, new Date(now).toISOString(), rows);
  for (const { account, previous, standing, health } of written) {
    if (previous !== undefined && previous.sequence === health.sequence) continue;
    await onScoreWritten(tx, {
      projectId: project.id,
      account: { id: account.accountId, name: account.name, externalIds: account.externalIds },
      previous: standing && { score: standing.score, tier: standing.tier },
      current: health,
      link: `${writing.publicUrl}/dashboard/accounts/${encodeURIComponent(account.accountId)}`,
      at: health.asOf,
    });
  }
  return written.map((one) => one.health);
}

/**
 * Where an account stood, if the next score can go on from there. It can't from one that was made less
 * than a day ago and of a part of a history whose rest arrived since: that one counts for nothing, and
 * so nobody is told that a tier came of it.
 */
function findStanding(
  previous: StandingRow | undefined,
  { project, now, lateFrom }: ScoreWriting,
): StandingRow | null {
  if (!previous) return null;
  const { recent, tierSince } = previous.tierState as TierState;
  // Without a score there is no entry, only the moment of not knowing.
  const since = recent[0]?.at ?? tierSince;
  const lateDay = lateFrom?.get(previous.accountId);
  const isPremature =
    lateDay !== undefined &&
    now - since < DAY_MS &&
    lateDay < calendarDayOf(since, project.timeZone);
  return isPremature ? null : previous;
}

/** Grows when there is something new to tell: another whole number, another tier. */
function nextSequence(
  previous: StandingRow | undefined,
  scored: ScoredAccount,
  tierState: TierState,
): number {
  if (!previous) return 1;
  const before = previous.tierState as TierState;
  const isSame =
    roundOrNull(previous.score) === roundOrNull(scored.score) &&
    before.tier === tierState.tier &&
    before.pendingTier === tierState.pendingTier;
  return isSame ? previous.sequence : previous.sequence + 1;
}

const roundOrNull = (score: number | null): number | null =>
  score === null ? null : Math.round(score);

function toRow(made: {
  health: AccountHealth;
  tierState: TierState;
  day: string;
  inputHash: string;
}): NewScore {
  const { health, tierState, day, inputHash } = made;
  return {
    accountId: health.accountId,
    day,
    score: health.score,
    tier: health.tier,
    confidence: health.confidence,
    coverage: health.coverage,
    modelVersion: health.modelVersion,
    normsVersion: health.normsVersion,
    inputHash,
    sequence: health.sequence,
    detail: JSON.stringify(health),
    tierState: JSON.stringify(tierState),
    tierSince: new Date(tierState.tierSince).toISOString(),
  };
}
