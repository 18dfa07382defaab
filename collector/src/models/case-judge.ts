import {
  type AccountFacts,
  createReplayer,
  createScorer,
  type EvaluationCase,
  flaggedSince,
  judgeCase,
  type MeasuredMoment,
  type Measurer,
  measureMoments,
  type Outcome,
  type ScoringModel,
} from "@telltale/scoring";
import type { NormsAt } from "./past-norms.ts";

const DAY_MS = 86_400_000;
/** How long before the earliest horizon the tiers are lived again, to find the first flag. */
export const REPLAY_DAYS = 180;
const REPLAY_EVERY_DAYS = 7;

/** An outcome with what its account was measured to be in the months before. */
export interface LivedOutcome {
  account: Pick<AccountFacts, "accountId" | "createdAt">;
  outcome: Outcome;
  moments: MeasuredMoment[];
}

/**
 * Measures the months before an outcome, and its horizons.
 *
 * @param measure - of the same facts
 * @param question - horizons in days before the outcome
 */
export function measureBefore(
  facts: AccountFacts,
  measure: Measurer,
  { outcome, horizons }: { outcome: Outcome; horizons: readonly number[] },
): LivedOutcome {
  const { accountId, createdAt } = facts;
  const alsoAt = horizons.map((horizonDays) => outcome.at - horizonDays * DAY_MS);
  const moments = measureMoments(facts, measure, {
    from: Math.max(createdAt, Math.min(...alsoAt) - REPLAY_DAYS * DAY_MS),
    to: outcome.at - DAY_MS,
    everyDays: REPLAY_EVERY_DAYS,
    alsoAt,
  });
  return { account: { accountId, createdAt }, outcome, moments };
}

/** Judges outcomes at each horizon; the tiers before them are lived through once. */
export type CaseJudge = (
  lived: LivedOutcome,
  horizons: readonly number[],
) => [horizonDays: number, found: EvaluationCase][];

/** @param normsAt - what was normal for the model's signals */
export function createCaseJudge(model: ScoringModel, normsAt: NormsAt): CaseJudge {
  const replay = createReplayer({ model, normsAt });
  return ({ account, outcome, moments }, horizons) => {
    const tiers = replay(account, moments);
    const firstFlaggedAt = flaggedSince(tiers);
    return horizons.map((horizonDays) => {
      const now = outcome.at - horizonDays * DAY_MS;
      const place = moments.findIndex(({ at }) => at === now);
      const then = moments[place];
      const tier = tiers[place]?.tier;
      // Before the account was there, nothing was known of it.
      const signals = then?.signals ?? [];
      const segments = then?.segments ?? [];
      const scorer = createScorer({ model, norms: normsAt(now) });
      const history = tier && { tier, firstFlaggedAt };
      const given = { outcome, scorer, ...(history && { history }) };
      return [horizonDays, judgeCase({ ...account, segments, signals, now }, given)];
    });
  };
}
