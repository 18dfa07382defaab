/**
 * Tests: by permutation, and many at once.
 *
 * @module
 */

import { mean } from "./moments.ts";
import { createRandom } from "./random.ts";

/**
 * The probability of a difference of means as large as this one, were the groups shuffled, both sides.
 *
 * (b + 1) ÷ (m + 1) for b of m shuffles, so never 0.
 *
 * @param group - at least one value
 * @param others - at least one value
 * @param seed - the same seed gives the same probability
 * @throws {RangeError} if a group is empty
 * @see https://doi.org/10.2202/1544-6115.1585 (Phipson and Smyth)
 */
export function permutationProbability(
  group: readonly number[],
  others: readonly number[],
  { seed, permutations = 2000 }: { seed: string; permutations?: number },
): number {
  const observed = Math.abs(mean(group) - mean(others));
  const pool = [...group, ...others];
  const total = pool.reduce((sum, value) => sum + value, 0);
  // Sums in another order may differ by a rounding error, which is no smaller difference.
  const slack = 1e-12 * pool.reduce((most, value) => Math.max(most, Math.abs(value)), 1);
  const random = createRandom(seed);
  let asLarge = 0;
  for (let permutation = 0; permutation < permutations; permutation++) {
    let sum = 0;
    for (let i = 0; i < group.length; i++) {
      const j = i + random.integer(pool.length - i);
      const drawn = pool[j] as number;
      pool[j] = pool[i] as number;
      pool[i] = drawn;
      sum += drawn;
    }
    const difference = sum / group.length - (total - sum) / others.length;
    if (Math.abs(difference) >= observed - slack) asLarge++;
  }
  return (asLarge + 1) / (permutations + 1);
}

/**
 * Benjamini and Hochberg's adjusted probabilities, in the order given, as R's `p.adjust(p, "BH")`.
 *
 * Calling everything with q ≤ 0.1 a finding, one in ten findings is expected to be false.
 *
 * @param probabilities - 0–1 each
 * @throws {RangeError} if one is out of range
 * @see https://doi.org/10.1111/j.2517-6161.1995.tb02031.x
 */
export function benjaminiHochberg(probabilities: readonly number[]): number[] {
  for (const p of probabilities) {
    if (!(p >= 0 && p <= 1)) throw new RangeError(`benjaminiHochberg requires 0–1, got ${p}`);
  }
  const n = probabilities.length;
  const order = probabilities
    .map((_, i) => i)
    .sort((a, b) => (probabilities[b] as number) - (probabilities[a] as number));
  const adjusted = new Array<number>(n);
  let least = 1;
  order.forEach((index, i) => {
    least = Math.min(least, ((probabilities[index] as number) * n) / (n - i));
    adjusted[index] = least;
  });
  return adjusted;
}
