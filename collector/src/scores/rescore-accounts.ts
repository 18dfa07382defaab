import type { AccountHealth } from "@telltale/protocol";
import {
  advanceTier,
  createScorer,
  measureSignals,
  type ScoredAccount,
  type TierState,
} from "@telltale/scoring";
import { onScoreWritten } from "../alerts/on-score-written.ts";
import type { Sql } from "../db/client.ts";
import type { Project } from "../projects/queries.ts";
import { calendarDayOf, toCalendarDay, toDayNumber } from "./civil-day.ts";
import { getCurrentModel } from "./current-model.ts";
import { inputHashOf } from "./input-hash.ts";
import {
  type AccountRow,
  type NewScore,
  readEarlierScores,
  readStandings,
  type StandingRow,
  upsertScores,
} from "./queries.ts";
import { readFacts } from "./read-facts.ts";
import { getCurrentNorms } from "./refresh-norms.ts";
import { toAccountHealth } from "./to-account-health.ts";

interface RescoreDeps {
  sql: Sql;
  /** For the link in webhooks, without a slash at the end. */
  publicUrl: string;
}

interface Rescored {
  account: AccountRow;
  previous: StandingRow | undefined;
  health: AccountHealth;
  row: NewScore;
}

/**
 * Scores accounts from their facts and writes, in one transaction, the scores, where the accounts
 * stand, and what follows from it: alerts, webhook messages and their deliveries.
 *
 * @param now - milliseconds since the epoch
 * @returns the health of each account that exists
 */
export async function rescoreAccounts(
  deps: RescoreDeps,
  project: Project,
  accountIds: string[],
  now: number,
): Promise<AccountHealth[]> {
  const { sql } = deps;
  const model = await getCurrentModel(sql, project.id, now);
  const norms = await getCurrentNorms(sql, project.id, model, now);
  const today = toDayNumber(calendarDayOf(now, project.timeZone));
  const scorer = createScorer({ model, norms });
  return sql.begin(async (tx) => {
    const ids = [...accountIds].sort();
    // The standing is locked first: two workers can't both take the same step.
    const standings = await readStandings(tx, project.id, ids);
    const accounts = await readFacts(tx, project.id, ids, { model, now, today });
    const days7 = await readEarlierScores(tx, project.id, ids, toCalendarDay(today - 7));
    const days30 = await readEarlierScores(tx, project.id, ids, toCalendarDay(today - 30));
    const rescored = accounts.map(({ account, facts }): Rescored => {
      const { accountId } = account;
      const signals = measureSignals({ facts, model, now, today });
      const { createdAt, segments } = facts;
      const scored = scorer.score({ accountId, createdAt, segments, signals, now });
      const previous = standings.get(accountId);
      const state = (previous?.tierState ?? null) as TierState | null;
      const tierState = advanceTier({ state, scored, model, now });
      const sequence = nextSequence(previous, scored, tierState);
      const earlier = {
        days7: days7.get(accountId) ?? null,
        days30: days30.get(accountId) ?? null,
      };
      const health = toAccountHealth(scored, { tierState, sequence, earlier });
      const inputHash = inputHashOf(facts, signals, { model, norms });
      const day = toCalendarDay(today);
      return { account, previous, health, row: toRow({ health, tierState, day, inputHash }) };
    });
    await upsertScores(
      tx,
      project.id,
      new Date(now).toISOString(),
      rescored.map((one) => one.row),
    );
    for (const { account, previous, health } of rescored) {
      if (previous !== undefined && previous.sequence === health.sequence) continue;
      await onScoreWritten(tx, {
        projectId: project.id,
        account: {
          id: account.accountId,
          name: account.name,
          externalIds: account.externalIds,
        },
        previous: previous ? { score: previous.score, tier: previous.tier } : null,
        current: health,
        link: `${deps.publicUrl}/dashboard/accounts/${encodeURIComponent(account.accountId)}`,
        at: health.asOf,
      });
    }
    return rescored.map((one) => one.health);
  });
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
