/**
 * Intervals of a share, and of the difference of two.
 *
 * @module
 */

import type { Interval } from "./bootstrap.ts";

/**
 * Wilson's 95 % interval of a share.
 *
 * @param count - of `total`
 * @param total - 1 or more
 * @throws {RangeError} if the numbers are no share
 * @see https://doi.org/10.1080/01621459.1927.10502953
 */
export function wilsonInterval(count: number, total: number): Interval {
  if (!(total >= 1 && count >= 0 && count <= total)) {
    throw new RangeError(`wilsonInterval requires 0 ≤ count ≤ total ≥ 1, got ${count} of ${total}`);
  }
  const z = 1.959963984540054;
  const p = count / total;
  const centre = p + (z * z) / (2 * total);
  const reach = z * Math.sqrt((p * (1 - p)) / total + (z * z) / (4 * total * total));
  const scale = 1 + (z * z) / total;
  return [Math.max(0, (centre - reach) / scale), Math.min(1, (centre + reach) / scale)];
}

/**
 * Newcombe's 95 % interval of the difference of two independent shares, one − other.
 *
 * @param one - count and total, see {@link wilsonInterval}
 * @param other - likewise
 * @throws {RangeError} if the numbers are no shares
 * @see https://doi.org/10.1002/(SICI)1097-0258(19980430)17:8%3C873::AID-SIM779%3E3.0.CO;2-I (method 10)
 */
export function newcombeInterval(
  one: readonly [count: number, total: number],
  other: readonly [count: number, total: number],
): Interval {
  const [a, b] = [one[0] / one[1], other[0] / other[1]];
  const [lowA, highA] = wilsonInterval(...one);
  const [lowB, highB] = wilsonInterval(...other);
  return [a - b - Math.hypot(a - lowA, highB - b), a - b + Math.hypot(highA - a, b - lowB)];
}

/**
 * Newcombe's 95 % interval of the difference of two shares of the same pairs, one − other.
 *
 * @param pairs - at least one
 * @throws {RangeError} if there are none
 * @see Newcombe, "Improved confidence intervals for the difference between binomial proportions based on paired data",
 *   Statistics in Medicine 17, 1998, 2635–2650 (method 10)
 */
export function pairedInterval(pairs: readonly { one: boolean; other: boolean }[]): Interval {
  const count = (one: boolean, other: boolean): number =>
    pairs.filter((pair) => pair.one === one && pair.other === other).length;
  const [both, oneOnly] = [count(true, true), count(true, false)];
  const [otherOnly, neither] = [count(false, true), count(false, false)];
  const total = pairs.length;
  const [ones, others] = [both + oneOnly, both + otherOnly];
  const [lowOne, highOne] = wilsonInterval(ones, total).map(
    (end) => end - ones / total,
  ) as Interval;
  const [lowOther, highOther] = wilsonInterval(others, total).map(
    (end) => end - others / total,
  ) as Interval;
  const spread = ones * (total - ones) * others * (total - others);
  const shared = both * neither - oneOnly * otherOnly;
  const surely = shared > 0 ? Math.max(0, shared - total / 2) : shared;
  const phi = spread === 0 ? 0 : surely / Math.sqrt(spread);
  const difference = (ones - others) / total;
  const reach = (a: number, b: number): number => Math.sqrt(a * a + 2 * phi * a * b + b * b);
  return [difference - reach(lowOne, highOther), difference + reach(highOne, lowOther)];
}
