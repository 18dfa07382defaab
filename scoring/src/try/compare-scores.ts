/**
 * Two models, or two versions of the facts, on the same accounts.
 *
 * @module
 */

import type { Tier } from "../scored-account.ts";
import { rankCorrelation } from "../stats/correlation.ts";

/** What is compared of one account. */
export interface ComparedScore {
  accountId: string;
  score: number | null;
  tier: Tier;
}

/** One account whose tier differs. */
export interface TierMove {
  accountId: string;
  from: Tier;
  to: Tier;
  /** Points; null where either has no score. */
  change: number | null;
}

/** How two sets of scores differ. */
export interface ScoreComparison {
  accounts: number;
  /** Accounts by tier before, then by tier after. */
  matrix: Record<Tier, Record<Tier, number>>;
  /** By account. */
  moves: TierMove[];
  /** Mean absolute difference of scores, in points; null without pairs. */
  meanMove: number | null;
  /** Spearman's correlation of the two; null without spread. */
  rankCorrelation: number | null;
}

const TIERS: readonly Tier[] = ["healthy", "at_risk", "critical", "unknown"];

/**
 * Compares scores of the same accounts: a shadow model with the published one, a draft, a scenario.
 *
 * @param before - in any order
 * @param after - the same accounts; those on one side only are left out
 */
export function compareScores(
  before: readonly ComparedScore[],
  after: readonly ComparedScore[],
): ScoreComparison {
  const byId = new Map(after.map((one) => [one.accountId, one]));
  const matrix = Object.fromEntries(
    TIERS.map((from) => [from, Object.fromEntries(TIERS.map((to) => [to, 0]))]),
  ) as ScoreComparison["matrix"];
  const moves: TierMove[] = [];
  const pairs: [number, number][] = [];
  let accounts = 0;
  for (const old of before) {
    const next = byId.get(old.accountId);
    if (!next) continue;
    accounts++;
    matrix[old.tier][next.tier]++;
    const change = old.score === null || next.score === null ? null : next.score - old.score;
    if (old.score !== null && next.score !== null) pairs.push([old.score, next.score]);
    if (old.tier !== next.tier) {
      moves.push({ accountId: old.accountId, from: old.tier, to: next.tier, change });
    }
  }
  const distance = pairs.reduce((sum, [a, b]) => sum + Math.abs(b - a), 0);
  return {
    accounts,
    matrix,
    moves: moves.sort((a, b) => (a.accountId < b.accountId ? -1 : 1)),
    meanMove: pairs.length === 0 ? null : distance / pairs.length,
    rankCorrelation: rankCorrelation(
      pairs.map(([a]) => a),
      pairs.map(([, b]) => b),
    ),
  };
}
