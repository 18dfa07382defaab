/**
 * Finding a like account for each: fair comparisons without a coin.
 *
 * @module
 */

import { standardise } from "../stats/standardise.ts";

/** Somebody to be matched. */
export interface Matchable {
  accountId: string;
  /** What must be alike, in one order for all: size, tenure, score … */
  traits: readonly number[];
}

/** Standard deviations that a pair may be apart in each trait, on root mean square [ours]. */
const CALIPER = 0.5;

/** Nearest others that each account may choose among; it bounds memory. */
const CHOICES = 50;

/**
 * Pairs each account of a group with the nearest of the others, each used once; those without a near one are left out:
 * greedy one-to-one matching without replacement, within a caliper, on standardised traits.
 *
 * Nearest pairs first, so the result does not depend on the order of the lists.
 *
 * @param group - for instance adopters
 * @param others - for instance non-adopters
 * @see https://doi.org/10.1214/09-STS313 (Stuart 2010, section 3.1)
 */
export function matchNearest<A extends Matchable, B extends Matchable>(
  group: readonly A[],
  others: readonly B[],
): { one: A; other: B }[] {
  if (group.length === 0 || others.length === 0) return [];
  return match([...group].sort(byName), [...others].sort(byName));
}

function byName(a: Matchable, b: Matchable): number {
  return a.accountId < b.accountId ? -1 : a.accountId > b.accountId ? 1 : 0;
}

/** Both lists sorted by name, so that sums and ties come out the same whatever their order was. */
function match<A extends Matchable, B extends Matchable>(
  group: readonly A[],
  others: readonly B[],
): { one: A; other: B }[] {
  const { columns } = standardise([...group, ...others].map((row) => row.traits));
  const offset = group.length;
  const candidates: { i: number; j: number; distance: number }[] = [];
  for (let i = 0; i < group.length; i++) {
    const near: typeof candidates = [];
    for (let j = 0; j < others.length; j++) {
      let squares = 0;
      for (const column of columns) {
        squares += ((column[i] as number) - (column[offset + j] as number)) ** 2;
      }
      const distance = Math.sqrt(squares / Math.max(1, columns.length));
      if (distance <= CALIPER) near.push({ i, j, distance });
    }
    near.sort((a, b) => a.distance - b.distance || a.j - b.j);
    candidates.push(...near.slice(0, CHOICES));
  }
  candidates.sort((a, b) => a.distance - b.distance || a.i - b.i || a.j - b.j);
  const used = { group: new Set<number>(), others: new Set<number>() };
  const pairs: { one: A; other: B }[] = [];
  for (const { i, j } of candidates) {
    if (used.group.has(i) || used.others.has(j)) continue;
    used.group.add(i);
    used.others.add(j);
    pairs.push({ one: group[i] as A, other: others[j] as B });
  }
  return pairs;
}
