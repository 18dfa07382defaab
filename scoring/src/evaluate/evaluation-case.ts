/**
 * Accounts whose outcome is known, as they looked before it.
 *
 * @module
 */

import { type AccountFacts, factsAsOf, MS_PER_DAY } from "../facts.ts";
import type { ScoringModel } from "../model/model.ts";
import type { Norms } from "../norms/norms.ts";
import type { Outcome } from "../outcome.ts";
import { type AccountSignals, createScorer, type Scorer } from "../score/score-account.ts";
import type { ScoredAccount, Tier } from "../scored-account.ts";
import { measureSignals } from "../signals/measure-signals.ts";

/** One account at the horizon, and what became of it. */
export interface EvaluationCase {
  accountId: string;
  /** As of the horizon. */
  segments: readonly string[];
  isChurned: boolean;
  /** When the outcome took place, in milliseconds since the Unix epoch. */
  outcomeAt: number;
  /** Contract value; null when unknown. */
  value: number | null;
  /** As of the horizon, 0–100; null when there was none. */
  score: number | null;
  /** As of the horizon: the confirmed tier where a history is known, else where the score falls. */
  tier: Tier;
  /** Component values as of the horizon, 0–100, by key. */
  components: Readonly<Record<string, number | null>>;
  /** Normalised signals as of the horizon, 0–100 and higher is healthier, by key. */
  signals: Readonly<Record<string, number | null>>;
  /** When the account was first flagged before this outcome; null when it was not or nobody looked. */
  firstFlaggedAt: number | null;
}

/** What {@link toEvaluationCase} looks at. */
export interface CaseInput {
  /** Everything known today; what is later than the horizon is cut off. */
  facts: AccountFacts;
  outcome: Outcome;
  model: ScoringModel;
  /** As they were at the horizon, or the last before it. */
  norms: Norms;
  /** Days before the outcome, 1 or more. */
  horizonDays: number;
  /** Confirmed tier at the horizon and first flag, from a replay or the stored history. */
  history?: { tier: Tier; firstFlaggedAt: number | null };
}

/** Whether a tier is a flag: somebody is to look at the account. */
export function isFlag(tier: Tier): boolean {
  return tier === "at_risk" || tier === "critical";
}

/**
 * Scores an account as of a horizon before its outcome. Nothing later than the horizon gets in.
 *
 * @throws {RangeError} if the horizon is below one day, or the norms are from after the horizon
 */
export function toEvaluationCase(input: CaseInput): EvaluationCase {
  const { facts, outcome, model, norms, horizonDays, history } = input;
  if (!(horizonDays >= 1)) {
    throw new RangeError(
      `toEvaluationCase requires a horizon of a day or more, got ${horizonDays}`,
    );
  }
  const now = outcome.at - horizonDays * MS_PER_DAY;
  if (norms.builtAt > now) {
    throw new RangeError(
      `toEvaluationCase requires norms that were known at the horizon, got ${norms.version}`,
    );
  }
  const known = factsAsOf(facts, now);
  const signals = measureSignals({ facts: known, model, now });
  const scorer = createScorer({ model, norms });
  return judgeCase({ ...known, signals, now }, { outcome, scorer, ...(history && { history }) });
}

/**
 * A case of signals that were measured as of the horizon already.
 *
 * @param account - as it was measured then; `now` is the horizon
 * @param given - the scorer has the model and the norms that were known at the horizon
 */
export function judgeCase(
  account: AccountSignals,
  { outcome, scorer, history }: Pick<CaseInput, "outcome" | "history"> & { scorer: Scorer },
): EvaluationCase {
  const scored = scorer.score(account);
  return {
    accountId: account.accountId,
    segments: account.segments,
    isChurned: outcome.kind === "churned",
    outcomeAt: outcome.at,
    value: outcome.value,
    score: scored.score,
    tier: history?.tier ?? scored.tier,
    components: Object.fromEntries(scored.components.map(({ key, value }) => [key, value])),
    signals: toNormalized(scored),
    firstFlaggedAt: history?.firstFlaggedAt ?? null,
  };
}

/** A signal that stands in several components counts as the first of them has it. */
function toNormalized({ components }: ScoredAccount): Record<string, number | null> {
  const signals = components.flatMap((component) => component.signals);
  return Object.fromEntries(signals.reverse().map(({ key, normalized }) => [key, normalized]));
}
