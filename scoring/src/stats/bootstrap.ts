/**
 * Intervals by resampling.
 *
 * @module
 */

import { quantile, sorted } from "./quantile.ts";
import { createRandom, type Random } from "./random.ts";
import { finish, type Steps } from "./steps.ts";

/** How intervals are drawn. */
export interface BootstrapOptions {
  /** The same seed gives the same interval. */
  seed: string;
  /** Samples drawn; 1,000 unless told. */
  replicates?: number;
}

/** Lower and upper end. */
export type Interval = [low: number, high: number];

/** A figure of a sample; null where it does not exist. */
type Statistic<Row> = (sample: readonly Row[]) => number | null;

/**
 * The 95 % percentile interval of a statistic, resampling rows with replacement.
 *
 * Samples in which the statistic does not exist (null) are left out. A sample keeps the order of the rows: where they are
 * sorted by score, statistics that sort them again do so in one pass.
 *
 * @param rows - in any order
 * @param statistic - of a sample
 * @returns null without rows, or when fewer than half of the samples have the statistic
 * @see https://doi.org/10.1201/9780429246593 (Efron and Tibshirani, chapter 13)
 */
export function bootstrapInterval<Row>(
  rows: readonly Row[],
  statistic: Statistic<Row>,
  options: BootstrapOptions,
): Interval | null {
  return finish(bootstrapInSteps(rows, [statistic], options))[0] as Interval | null;
}

/**
 * The intervals of several statistics, all of the same samples: {@link bootstrapInterval} of each, for one drawing. A
 * step is one sample.
 *
 * @returns in the order of the statistics
 */
export function* bootstrapInSteps<Row>(
  rows: readonly Row[],
  statistics: readonly Statistic<Row>[],
  { seed, replicates = 1000 }: BootstrapOptions,
): Steps<(Interval | null)[]> {
  if (rows.length === 0) return statistics.map(() => null);
  const draw = createResampler(rows, createRandom(seed));
  const found = statistics.map((): number[] => []);
  for (let replicate = 0; replicate < replicates; replicate++) {
    const sample = draw();
    statistics.forEach((statistic, i) => {
      const value = statistic(sample);
      if (value !== null) (found[i] as number[]).push(value);
    });
    yield (replicate + 1) / replicates;
  }
  return found.map((values) => toInterval(values, replicates));
}

/**
 * Draws samples of rows with replacement, each as long as the rows and in their order.
 *
 * @param rows - at least one
 * @returns the same list each time, filled anew
 */
export function createResampler<Row>(rows: readonly Row[], random: Random): () => readonly Row[] {
  const { length } = rows;
  const sample = new Array<Row>(length);
  const times = new Uint32Array(length);
  return () => {
    times.fill(0);
    for (let i = 0; i < length; i++) {
      const drawn = random.integer(length);
      times[drawn] = (times[drawn] as number) + 1;
    }
    let filled = 0;
    for (let i = 0; i < length; i++) {
      for (let time = times[i] as number; time > 0; time--) sample[filled++] = rows[i] as Row;
    }
    return sample;
  };
}

/**
 * The 95 % percentile interval of the values that samples had.
 *
 * @returns null when fewer than half of the samples had one
 */
export function toInterval(values: readonly number[], replicates: number): Interval | null {
  if (values.length < replicates / 2) return null;
  const ascending = sorted(values);
  return [quantile(ascending, 0.025), quantile(ascending, 0.975)];
}
