/**
 * Finding a like account for each: fair comparisons without a coin.
 *
 * @module
 */

import { createQueue } from "../stats/queue.ts";
import { standardise } from "../stats/standardise.ts";

/** Somebody to be matched. */
export interface Matchable {
  accountId: string;
  /** What must be alike, in one order for all: size, tenure, score … */
  traits: readonly number[];
}

/** Standard deviations that a pair may be apart in each trait, on root mean square [ours]. */
const CALIPER = 0.5;

/** Pairs below which nothing is told of their difference [ours]. */
export const LEAST_PAIRS = 10;

/** Nearest others that each account holds in mind at a time; it bounds memory. */
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

/** One of the others, by its place. */
interface Choice {
  j: number;
  distance: number;
}

/** An account that is not matched yet, by its place, with the nearest that were free; the nearest last. */
interface Wish {
  i: number;
  choices: Choice[];
}

/** Both lists sorted by name, so that sums and ties come out the same whatever their order was. */
function match<A extends Matchable, B extends Matchable>(
  group: readonly A[],
  others: readonly B[],
): { one: A; other: B }[] {
  const isTaken = new Uint8Array(others.length);
  const findFree = createFinder(group, others, isTaken);
  const wishes = createQueue(nearestFirst);
  const wish = (i: number, choices: Choice[]): void => {
    if (choices.length > 0) wishes.push({ i, choices });
  };
  for (let i = 0; i < group.length; i++) wish(i, findFree(i));
  const pairs: { one: A; other: B }[] = [];
  for (let next = wishes.pop(); next; next = wishes.pop()) {
    const { i, choices } = next;
    const { j } = choices.at(-1) as Choice;
    if (isTaken[j] === 0) {
      isTaken[j] = 1;
      pairs.push({ one: group[i] as A, other: others[j] as B });
      continue;
    }
    while (isTaken[choices.at(-1)?.j ?? -1] === 1) choices.pop();
    wish(i, choices.length > 0 ? choices : findFree(i));
  }
  return pairs;
}

/** Finds the nearest of the others that are free, the nearest last. */
function createFinder(
  group: readonly Matchable[],
  others: readonly Matchable[],
  isTaken: Uint8Array,
): (i: number) => Choice[] {
  const { columns } = standardise([...group, ...others].map((row) => row.traits));
  const offset = group.length;
  return (i) => {
    // Among equals everybody begins at another one: else all would want the same.
    const turn = (j: number): number => (j - i + group.length * others.length) % others.length;
    const toNearest = (choices: Choice[]): Choice[] =>
      choices.sort((a, b) => b.distance - a.distance || turn(b.j) - turn(a.j)).slice(-CHOICES);
    let near: Choice[] = [];
    let reach = CALIPER;
    for (let j = 0; j < others.length; j++) {
      if (isTaken[j] === 1) continue;
      let squares = 0;
      for (const column of columns) {
        squares += ((column[i] as number) - (column[offset + j] as number)) ** 2;
      }
      const distance = Math.sqrt(squares / Math.max(1, columns.length));
      if (distance > reach) continue;
      near.push({ j, distance });
      if (near.length < 4 * CHOICES) continue;
      near = toNearest(near);
      reach = (near[0] as Choice).distance;
    }
    return toNearest(near);
  };
}

function nearestFirst(a: Wish, b: Wish): number {
  return (a.choices.at(-1) as Choice).distance - (b.choices.at(-1) as Choice).distance || a.i - b.i;
}
