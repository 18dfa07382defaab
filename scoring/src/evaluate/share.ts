/**
 * Shares of cases, with intervals that keep their promise where cases are few or a share is 0 or 1.
 *
 * @module
 */

import type { Interval } from "../stats/bootstrap.ts";
import { newcombeInterval, wilsonInterval } from "../stats/wilson.ts";
import { type EvaluationCase, isFlag } from "./evaluation-case.ts";

/** A share, as two questions about a case. */
export interface Share {
  /** Counted … */
  of: (one: EvaluationCase) => boolean;
  /** … out of those. */
  among: (one: EvaluationCase) => boolean;
}

const isFlagged = (one: EvaluationCase): boolean => isFlag(one.tier);
const hasChurned = (one: EvaluationCase): boolean => one.isChurned;
const hasStayed = (one: EvaluationCase): boolean => !one.isChurned;

/** Churned accounts ÷ accounts. */
export const CHURN: Share = { of: hasChurned, among: () => true };

/** Churned accounts that were flagged ÷ churned accounts. */
export const RECALL: Share = { of: isFlagged, among: hasChurned };

/**
 * Flagged accounts that stayed ÷ flagged accounts: 1 − precision, the false discovery share of these very flags (not
 * Benjamini and Hochberg's expected rate).
 */
export const FALSE_DISCOVERIES: Share = { of: hasStayed, among: isFlagged };

/** Accounts that stayed and were flagged ÷ accounts that stayed: the textbooks' false positive rate. */
export const FALSE_POSITIVES: Share = { of: isFlagged, among: hasStayed };

/** Cases with a score ÷ cases. */
export const COVERAGE: Share = { of: (one) => one.score !== null, among: () => true };

/** A share that was counted. */
export interface CountedShare {
  /** 0–1. */
  value: number;
  /** Independent cases that it is worth, above 0. */
  size: number;
}

/**
 * Counts a share. Cases of one account are taken to say the same, so that many of them are not worth more than one: n cases
 * are worth (Σ m)² ÷ Σ m², with m of each account, which is n where every account has one [ours: the variance of a mean
 * over groups whose members are all alike].
 *
 * @returns null where there is nothing to count
 */
export function countShare(
  cases: readonly EvaluationCase[],
  { of, among }: Share,
): CountedShare | null {
  let count = 0;
  let total = 0;
  const ofAccount = new Map<string, number>();
  for (const one of cases) {
    if (!among(one)) continue;
    total++;
    if (of(one)) count++;
    ofAccount.set(one.accountId, (ofAccount.get(one.accountId) ?? 0) + 1);
  }
  if (total === 0) return null;
  let squares = 0;
  for (const own of ofAccount.values()) squares += own * own;
  return { value: count / total, size: (total * total) / squares };
}

/** Wilson's 95 % interval: percentiles of samples would be nothing but the share itself where that is 0 or 1. */
export function intervalOfShare({ value, size }: CountedShare): Interval {
  return wilsonInterval(value * size, size);
}

/** Newcombe's 95 % interval of one share − another, of other accounts. */
export function intervalOfGap(one: CountedShare, other: CountedShare): Interval {
  return newcombeInterval([one.value * one.size, one.size], [other.value * other.size, other.size]);
}
