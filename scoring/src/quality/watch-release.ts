/**
 * Did a release hurt somebody? One finding per segment, not forty alerts.
 *
 * @module
 */

import type { UsageRow } from "../facts.ts";
import { mean } from "../stats/moments.ts";
import { benjaminiHochberg, permutationProbability } from "../stats/multiple-testing.ts";

/** How one account moved over a release. */
export interface ReleaseMove {
  accountId: string;
  segments: readonly string[];
  /** After − before, in any unit in which higher is better; see {@link usageMove}. */
  move: number;
}

/** How one segment moved against everybody else. */
export interface ReleaseFinding {
  segment: string;
  n: number;
  others: number;
  /** Mean move of the segment − mean move of the others. */
  shift: number;
  /** Of a difference as large by chance, by permutation of accounts. */
  probability: number;
  /** The same after Benjamini and Hochberg over the segments. */
  adjusted: number;
  /** A fall that is a finding at the rate asked for. */
  isRegression: boolean;
}

/** What {@link watchRelease} looks at. */
export interface WatchReleaseInput {
  moves: readonly ReleaseMove[];
  /** The same seed gives the same probabilities. */
  seed: string;
  /** Share of findings that may be false; 0.1 unless told. */
  falseDiscoveryRate?: number;
}

const LEAST_ACCOUNTS = 5;

/**
 * Tests each segment's move over a release against the accounts outside of it.
 *
 * A permutation test over accounts tells chance from the release, and Benjamini–Hochberg keeps many segments from
 * finding something by their number. Segments with fewer than five accounts inside or outside are left out.
 *
 * @returns by growing adjusted probability
 */
export function watchRelease(input: WatchReleaseInput): ReleaseFinding[] {
  const { seed, falseDiscoveryRate = 0.1 } = input;
  const moves = [...input.moves].sort((a, b) => (a.accountId < b.accountId ? -1 : 1));
  const names = [...new Set(moves.flatMap((one) => [...one.segments]))].sort();
  const tested = names.flatMap((segment) => {
    const inside = moves.filter((one) => one.segments.includes(segment)).map((one) => one.move);
    const outside = moves.filter((one) => !one.segments.includes(segment)).map((one) => one.move);
    if (inside.length < LEAST_ACCOUNTS || outside.length < LEAST_ACCOUNTS) return [];
    return [
      {
        segment,
        n: inside.length,
        others: outside.length,
        shift: mean(inside) - mean(outside),
        probability: permutationProbability(inside, outside, { seed: `${seed}/${segment}` }),
      },
    ];
  });
  const adjusted = benjaminiHochberg(tested.map((one) => one.probability));
  return tested
    .map((one, i) => ({
      ...one,
      adjusted: adjusted[i] as number,
      isRegression: one.shift < 0 && (adjusted[i] as number) <= falseDiscoveryRate,
    }))
    .sort((a, b) => a.adjusted - b.adjusted || (a.segment < b.segment ? -1 : 1));
}

/**
 * The log ratio of an account's daily uses in the days after a release to those in as many days before.
 *
 * One use a week is added to both, so that silence has a ratio.
 *
 * @param usage - rows of the account
 * @param releaseDay - day number of the release, which counts to neither side
 * @param days - on each side; whole weeks keep weekends out of it
 */
export function usageMove(usage: readonly UsageRow[], releaseDay: number, days = 14): number {
  let before = 0;
  let after = 0;
  for (const { day, count } of usage) {
    if (day < releaseDay && day >= releaseDay - days) before += count;
    if (day > releaseDay && day <= releaseDay + days) after += count;
  }
  return Math.log((after + days / 7) / (before + days / 7));
}
