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
  /** Accounts; in a backtest outcomes, of which an account may have several. */
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

/** The same account, or the same outcome of it, by one model and by another. */
export interface ScorePair {
  before: ComparedScore;
  after: ComparedScore;
}

/**
 * Compares scores of the same accounts: a shadow model with the published one, a scenario.
 *
 * @param before - one per account, in any order
 * @param after - the same accounts; those on one side only are left out
 */
export function compareScores(
  before: readonly ComparedScore[],
  after: readonly ComparedScore[],
): ScoreComparison {
  const byId = new Map(after.map((one) => [one.accountId, one]));
  return comparePairs(
    before.flatMap((old) => {
      const next = byId.get(old.accountId);
      return next ? [{ before: old, after: next }] : [];
    }),
  );
}

/** {@link compareScores} of what is paired already; an account may stand in several pairs. */
export function comparePairs(pairs: readonly ScorePair[]): ScoreComparison {
  const matrix = Object.fromEntries(
    TIERS.map((from) => [from, Object.fromEntries(TIERS.map((to) => [to, 0]))]),
  ) as ScoreComparison["matrix"];
  const moves: TierMove[] = [];
  const scores: [number, number][] = [];
  for (const { before, after } of pairs) {
    matrix[before.tier][after.tier]++;
    let change: number | null = null;
    if (before.score !== null && after.score !== null) {
      change = after.score - before.score;
      scores.push([before.score, after.score]);
    }
    if (before.tier !== after.tier) {
      moves.push({ accountId: before.accountId, from: before.tier, to: after.tier, change });
    }
  }
  const distance = scores.reduce((sum, [a, b]) => sum + Math.abs(b - a), 0);
  return {
    accounts: pairs.length,
    matrix,
    moves: moves.sort(
      (a, b) => Number(a.accountId > b.accountId) - Number(a.accountId < b.accountId),
    ),
    meanMove: scores.length === 0 ? null : distance / scores.length,
    rankCorrelation: rankCorrelation(
      scores.map(([a]) => a),
      scores.map(([, b]) => b),
    ),
  };
}
