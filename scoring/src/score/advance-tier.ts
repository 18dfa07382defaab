/**
 * Scores over time → a tier that does not flap.
 *
 * @module
 */

import { dayOf, MS_PER_DAY } from "../facts.ts";
import type { ScoringModel, TierRules } from "../model/model.ts";
import type { ScoredAccount, Tier, TierState } from "../scored-account.ts";
import { tierOf } from "./score-account.ts";

const MS_PER_HOUR = 3_600_000;
const RANK: Record<Exclude<Tier, "unknown">, number> = { critical: 0, at_risk: 1, healthy: 2 };

type KnownTier = Exclude<Tier, "unknown">;

/** What {@link advanceTier} looks at. */
export interface AdvanceTierInput {
  /** Of the evaluation before; null for the first one. */
  state: TierState | null;
  scored: Pick<ScoredAccount, "score" | "tier">;
  /** With the account's profile applied, where there is one. */
  model: Pick<ScoringModel, "tiers">;
  /** Milliseconds since the Unix epoch, not before the evaluation that `state` comes from. */
  now: number;
}

/**
 * Moves an account's tier on by one evaluation.
 *
 * Upward, a score must clear the bound by `margin`, or be 100. A change is pending until it held for the notice (evaluations and
 * hours), and then confirmed; pending is the least move that held all along. A fall of `fallPoints` within `fallDays`
 * needs no notice, nor does coming to or losing a score.
 */
export function advanceTier({ state, scored, model, now }: AdvanceTierInput): TierState {
  const rules = model.tiers;
  if (scored.score === null) {
    if (state?.tier === "unknown")
      return { ...state, recent: keepRecent(state.recent, now, rules) };
    return settled("unknown", "no-score", now, []);
  }
  const { score } = scored;
  const recent = withScore(keepRecent(state?.recent ?? [], now, rules), now, score);
  if (!state || state.tier === "unknown")
    return settled(tierOf(score, rules), "first-score", now, recent);
  const tier = state.tier;
  const target = tierFrom(tier, score, rules);
  if (target === tier) {
    return { ...state, pendingTier: null, pendingSince: null, heldEvaluations: 0, recent };
  }
  const peak = Math.max(...recent.map((entry) => entry.score));
  if (RANK[target] < RANK[tier] && peak - score >= rules.fallPoints) {
    return settled(target, "sudden-fall", now, recent);
  }
  const pending = leastMove(tier, state.pendingTier, target);
  const isHeld =
    state.pendingTier !== null &&
    state.pendingTier !== "unknown" &&
    isSameWay(tier, state.pendingTier, target);
  const pendingSince = isHeld && state.pendingSince !== null ? state.pendingSince : now;
  const heldEvaluations = isHeld ? state.heldEvaluations + 1 : 1;
  if (
    heldEvaluations >= rules.noticeEvaluations &&
    now - pendingSince >= rules.noticeHours * MS_PER_HOUR
  ) {
    return settled(pending, null, now, recent);
  }
  return { ...state, pendingTier: pending, pendingSince, heldEvaluations, recent };
}

/** The tier that a score asks for, seen from the tier that is confirmed. */
function tierFrom(tier: KnownTier, score: number, rules: TierRules): KnownTier {
  // No score is above 100: the best of all clears every bound.
  const healthyFrom = Math.min(100, rules.healthyFrom + (tier === "healthy" ? 0 : rules.margin));
  const criticalBelow = rules.criticalBelow + (tier === "critical" ? rules.margin : 0);
  return tierOf(score, { ...rules, healthyFrom, criticalBelow });
}

function isSameWay(tier: KnownTier, pending: KnownTier, target: KnownTier): boolean {
  return RANK[pending] < RANK[tier] === RANK[target] < RANK[tier];
}

function leastMove(tier: KnownTier, pending: Tier | null, target: KnownTier): KnownTier {
  if (pending === null || pending === "unknown" || !isSameWay(tier, pending, target)) return target;
  const isNearer = Math.abs(RANK[pending] - RANK[tier]) < Math.abs(RANK[target] - RANK[tier]);
  return isNearer ? pending : target;
}

function settled(
  tier: Tier,
  bypass: TierState["bypass"],
  now: number,
  recent: TierState["recent"],
): TierState {
  return {
    tier,
    tierSince: now,
    pendingTier: null,
    pendingSince: null,
    heldEvaluations: 0,
    bypass,
    recent,
  };
}

function keepRecent(
  recent: TierState["recent"],
  now: number,
  rules: TierRules,
): TierState["recent"] {
  return recent.filter((entry) => now - entry.at <= rules.fallDays * MS_PER_DAY);
}

/** One entry a day, its highest: enough to see a fall, and bounded. */
function withScore(recent: TierState["recent"], at: number, score: number): TierState["recent"] {
  const last = recent.at(-1);
  if (!last || dayOf(last.at) !== dayOf(at)) return [...recent, { at, score }];
  return last.score >= score ? recent : [...recent.slice(0, -1), { at, score }];
}
