/**
 * What the tiers would have been: the past, lived again.
 *
 * @module
 */

import { type AccountFacts, MS_PER_DAY, standingAt } from "../facts.ts";
import type { ScoringModel } from "../model/model.ts";
import type { Norms } from "../norms/norms.ts";
import { advanceTier } from "../score/advance-tier.ts";
import { type AccountSignals, createScorer, type Scorer } from "../score/score-account.ts";
import type { Tier, TierState } from "../scored-account.ts";
import { createMeasurer, type Measurer } from "../signals/measure-signals.ts";
import { isFlag } from "./evaluation-case.ts";

/** One evaluation of a replay. */
export interface ReplayedTier {
  at: number;
  score: number | null;
  /** Confirmed at that moment. */
  tier: Tier;
  pendingTier: Tier | null;
}

/** Moments to be looked at. */
export interface ReplaySpan {
  /** First and last evaluation, in milliseconds since the Unix epoch. */
  from: number;
  to: number;
  /** Days between evaluations, above 0; 1 unless told. */
  everyDays?: number;
  /** Moments between first and last that are evaluated too. */
  alsoAt?: readonly number[];
}

/** What {@link replayTiers} lives again. */
export interface ReplayInput extends ReplaySpan {
  facts: AccountFacts;
  model: ScoringModel;
  /** The norms that were in force at a moment: the last built before it. */
  normsAt: (at: number) => Norms;
}

/** What an account was measured to be at a moment: all that judging it needs of its facts. */
export interface MeasuredMoment extends Pick<AccountSignals, "segments" | "signals"> {
  /** Milliseconds since the Unix epoch. */
  at: number;
}

/**
 * Evaluates an account again and again, each time with what was known then.
 *
 * @throws {RangeError} if `everyDays` is not above 0
 */
export function replayTiers(input: ReplayInput): ReplayedTier[] {
  const { facts, model } = input;
  const moments = measureMoments(facts, createMeasurer(facts, model), input);
  return createReplayer(input)(facts, moments);
}

/**
 * Measures an account at each moment of a span, with what was known then.
 *
 * @param measure - of the same facts
 * @returns by growing time
 * @throws {RangeError} if `everyDays` is not above 0
 */
export function measureMoments(
  facts: AccountFacts,
  measure: Measurer,
  span: ReplaySpan,
): MeasuredMoment[] {
  return momentsOf(span).map((at) => {
    const { segments } = { ...facts, ...standingAt(facts, at) };
    return { at, segments, signals: measure(at) };
  });
}

/** Judges the measured moments of one account after the other. */
export type Replayer = (
  account: Pick<AccountFacts, "accountId" | "createdAt">,
  moments: readonly MeasuredMoment[],
) => ReplayedTier[];

/**
 * Prepares a model once, to replay many accounts.
 *
 * @param judges - the model, and the norms that were in force at a moment
 */
export function createReplayer({
  model,
  normsAt,
}: Pick<ReplayInput, "model" | "normsAt">): Replayer {
  const scorers = new Map<Norms, Scorer>();
  const scorerAt = (at: number): Scorer => {
    const norms = normsAt(at);
    const scorer = scorers.get(norms) ?? createScorer({ model, norms });
    scorers.set(norms, scorer);
    return scorer;
  };
  return ({ accountId, createdAt }, moments) => {
    let state: TierState | null = null;
    return moments.map(({ at, segments, signals }) => {
      const known = { accountId, createdAt, segments, signals, now: at };
      const scorer = scorerAt(at);
      const scored = scorer.rate(known);
      const { compiled } = scorer.compiledFor(known);
      state = advanceTier({ state, scored, model: compiled.model, now: at });
      const { tier, pendingTier } = state;
      return { at, score: scored.score, tier, pendingTier };
    });
  };
}

function momentsOf({ from, to, everyDays = 1, alsoAt = [] }: ReplaySpan): number[] {
  if (!(everyDays > 0))
    throw new RangeError(`replayTiers requires everyDays above 0, got ${everyDays}`);
  const moments = new Set(alsoAt.filter((at) => at >= from && at <= to));
  for (let at = from; at <= to; at += everyDays * MS_PER_DAY) moments.add(at);
  return [...moments].sort((a, b) => a - b);
}

/** The start of the spell of flags that was in force at the end; null when it was not flagged then. */
export function flaggedSince(replay: readonly ReplayedTier[]): number | null {
  let since: number | null = null;
  for (const { at, tier } of replay) since = isFlag(tier) ? (since ?? at) : null;
  return since;
}

/** How often a confirmed tier changed, first scores aside: the flap counter. */
export function countTierChanges(replay: readonly Pick<ReplayedTier, "tier">[]): number {
  let changes = 0;
  replay.forEach(({ tier }, i) => {
    const before = replay[i - 1]?.tier;
    if (before !== undefined && before !== "unknown" && tier !== before) changes++;
  });
  return changes;
}
