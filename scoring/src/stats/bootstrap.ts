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

/** Whose a row is: what one account did at several times is drawn as a whole, for it tells less than several accounts do. */
type OwnerOf<Row> = (row: Row) => string;

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
 * @returns null without rows, when fewer than half of the samples have the statistic, or when it is the same in them
 * @see https://doi.org/10.1201/9780429246593 (Efron and Tibshirani, chapter 13)
 */
export function bootstrapInterval<Row>(
  rows: readonly Row[],
  statistic: Statistic<Row>,
  options: BootstrapOptions,
): Interval | null {
  const [range = null] = finish(bootstrapInSteps(rows, [statistic], options));
  return toInterval(range);
}

/**
 * The ranges of several statistics, all of the same samples. A step is one sample. With `ownerOf`, owners are drawn and not
 * rows.
 *
 * @returns in the order of the statistics, each as {@link toRange} has it
 */
export function* bootstrapInSteps<Row>(
  rows: readonly Row[],
  statistics: readonly Statistic<Row>[],
  { seed, replicates = 1000, ownerOf }: BootstrapOptions & { ownerOf?: OwnerOf<Row> },
): Steps<(Interval | null)[]> {
  if (rows.length === 0) return statistics.map(() => null);
  const draw = createResampler(rows, createRandom(seed), ownerOf);
  const found = statistics.map((): number[] => []);
  for (let replicate = 0; replicate < replicates; replicate++) {
    const sample = draw();
    statistics.forEach((statistic, i) => {
      const value = statistic(sample);
      if (value !== null) (found[i] as number[]).push(value);
    });
    yield (replicate + 1) / replicates;
  }
  return found.map((values) => toRange(values, replicates));
}

/**
 * Draws samples of rows with replacement, in their order.
 *
 * @param rows - at least one
 * @param ownerOf - all rows of an owner are drawn together; each by itself unless told
 * @returns the same list each time, filled anew
 * @see https://doi.org/10.1111/j.1467-9868.2007.00593.x (Field and Welsh 2007: bootstrapping clustered data)
 */
export function createResampler<Row>(
  rows: readonly Row[],
  random: Random,
  ownerOf?: OwnerOf<Row>,
): () => readonly Row[] {
  const { owners, count } = ownerOf
    ? numberOwners(rows, ownerOf)
    : { owners: null, count: rows.length };
  const sample: Row[] = [];
  const times = new Uint32Array(count);
  return () => {
    times.fill(0);
    for (let i = 0; i < count; i++) {
      const drawn = random.integer(count);
      times[drawn] = (times[drawn] as number) + 1;
    }
    let filled = 0;
    for (let i = 0; i < rows.length; i++) {
      const owner = owners ? (owners[i] as number) : i;
      for (let time = times[owner] as number; time > 0; time--) sample[filled++] = rows[i] as Row;
    }
    sample.length = filled;
    return sample;
  };
}

/** Numbers owners in the order of their first rows. */
function numberOwners<Row>(
  rows: readonly Row[],
  ownerOf: OwnerOf<Row>,
): { owners: Uint32Array; count: number } {
  const numbers = new Map<string, number>();
  const owners = Uint32Array.from(rows, (row) => {
    const owner = ownerOf(row);
    const known = numbers.get(owner) ?? numbers.size;
    numbers.set(owner, known);
    return known;
  });
  return { owners, count: numbers.size };
}

/**
 * From the 2.5th to the 97.5th percentile of the values that samples had.
 *
 * @returns both ends the same where all samples had the same; null when fewer than half of them had a value
 */
export function toRange(values: readonly number[], replicates: number): Interval | null {
  if (values.length === 0 || values.length < replicates / 2) return null;
  const ascending = sorted(values);
  return [quantile(ascending, 0.025), quantile(ascending, 0.975)];
}

/** A range as an interval to show: none where its ends are the same, for rows that are alike do not tell how sure they are. */
export function toInterval(range: Interval | null): Interval | null {
  return range && range[0] < range[1] ? range : null;
}
