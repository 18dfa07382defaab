/**
 * What the tiers would have been: the past, lived again.
 *
 * @module
 */

import { type AccountFacts, factsAsOf, MS_PER_DAY } from "../facts.ts";
import type { ScoringModel } from "../model/model.ts";
import type { Norms } from "../norms/norms.ts";
import { advanceTier } from "../score/advance-tier.ts";
import { createScorer, type Scorer } from "../score/score-account.ts";
import type { Tier, TierState } from "../scored-account.ts";
import { measureSignals } from "../signals/measure-signals.ts";
import { isFlag } from "./evaluation-case.ts";

/** One evaluation of a replay. */
export interface ReplayedTier {
  at: number;
  score: number | null;
  /** Confirmed at that moment. */
  tier: Tier;
  pendingTier: Tier | null;
}

/** What {@link replayTiers} lives again. */
export interface ReplayInput {
  facts: AccountFacts;
  model: ScoringModel;
  /** The norms that were in force at a moment: the last built before it. */
  normsAt: (at: number) => Norms;
  /** First and last evaluation, in milliseconds since the Unix epoch. */
  from: number;
  to: number;
  /** Days between evaluations, above 0; 1 unless told. */
  everyDays?: number;
  /** Moments between first and last that are evaluated too. */
  alsoAt?: readonly number[];
}

/**
 * Evaluates an account again and again, each time with what was known then.
 *
 * @throws {RangeError} if `everyDays` is not above 0
 */
export function replayTiers(input: ReplayInput): ReplayedTier[] {
  const { facts, model, normsAt } = input;
  const scorers = new Map<Norms, Scorer>();
  const replay: ReplayedTier[] = [];
  let state: TierState | null = null;
  for (const at of momentsOf(input)) {
    const norms = normsAt(at);
    let scorer = scorers.get(norms);
    if (!scorer) {
      scorer = createScorer({ model, norms });
      scorers.set(norms, scorer);
    }
    const known = factsAsOf(facts, at);
    const scored = scorer.score({
      ...known,
      signals: measureSignals({ facts: known, model, now: at }),
      now: at,
    });
    const { compiled } = scorer.compiledFor({ ...known, now: at });
    state = advanceTier({ state, scored, model: compiled.model, now: at });
    const { tier, pendingTier } = state;
    replay.push({ at, score: scored.score, tier, pendingTier });
  }
  return replay;
}

function momentsOf({ from, to, everyDays = 1, alsoAt = [] }: ReplayInput): number[] {
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
export function countTierChanges(replay: readonly ReplayedTier[]): number {
  let changes = 0;
  replay.forEach(({ tier }, i) => {
    const before = replay[i - 1]?.tier;
    if (before !== undefined && before !== "unknown" && tier !== before) changes++;
  });
  return changes;
}
