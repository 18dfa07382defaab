/**
 * Intervals by resampling.
 *
 * @module
 */

import { quantile, sorted } from "./quantile.ts";
import { createRandom } from "./random.ts";

/** How intervals are drawn. */
export interface BootstrapOptions {
  /** The same seed gives the same interval. */
  seed: string;
  /** Samples drawn; 1,000 unless told. */
  replicates?: number;
}

/**
 * The 95 % percentile interval of a statistic, resampling rows with replacement.
 *
 * Samples in which the statistic does not exist (null) are left out. A sample keeps the order of the rows: where they are
 * sorted by score, statistics that sort them again do so in one pass.
 *
 * @param rows - at least one
 * @param statistic - of a sample
 * @returns null when fewer than half of the samples have the statistic
 * @see https://doi.org/10.1201/9780429246593 (Efron and Tibshirani, chapter 13)
 */
export function bootstrapInterval<Row>(
  rows: readonly Row[],
  statistic: (sample: readonly Row[]) => number | null,
  { seed, replicates = 1000 }: BootstrapOptions,
): [low: number, high: number] | null {
  if (rows.length === 0) return null;
  const random = createRandom(seed);
  const found: number[] = [];
  const sample = new Array<Row>(rows.length);
  const times = new Uint32Array(rows.length);
  for (let replicate = 0; replicate < replicates; replicate++) {
    times.fill(0);
    for (let i = 0; i < rows.length; i++) {
      const drawn = random.integer(rows.length);
      times[drawn] = (times[drawn] as number) + 1;
    }
    let filled = 0;
    times.forEach((count, i) => {
      for (let time = 0; time < count; time++) sample[filled++] = rows[i] as Row;
    });
    const value = statistic(sample);
    if (value !== null) found.push(value);
  }
  if (found.length < replicates / 2) return null;
  const ascending = sorted(found);
  return [quantile(ascending, 0.025), quantile(ascending, 0.975)];
}
