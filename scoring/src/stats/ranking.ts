/**
 * How well numbers put things in order.
 *
 * @module
 */

/** A number and what became of its owner. */
export interface Labelled {
  /** Higher means more likely to be positive. */
  value: number;
  isPositive: boolean;
}

/**
 * Mid-ranks from 1, equals sharing theirs, in the order of the values.
 *
 * @throws {RangeError} if a value is NaN
 */
export function midRanks(values: readonly number[]): number[] {
  if (values.some(Number.isNaN)) throw new RangeError("midRanks requires numbers, got NaN");
  const order = values
    .map((_, i) => i)
    .sort((a, b) => (values[a] as number) - (values[b] as number));
  const ranks = new Array<number>(values.length);
  for (let i = 0; i < order.length; ) {
    let end = i + 1;
    while (end < order.length && values[order[end] as number] === values[order[i] as number]) end++;
    for (let j = i; j < end; j++) ranks[order[j] as number] = (i + end + 1) / 2;
    i = end;
  }
  return ranks;
}

/**
 * Area under the ROC curve: the probability that a positive has the higher value, equals counting half.
 *
 * @returns 0–1; null without both classes
 * @see https://doi.org/10.1148/radiology.143.1.7063747
 */
export function areaUnderCurve(rows: readonly Labelled[]): number | null {
  const positives = rows.filter((row) => row.isPositive).length;
  const negatives = rows.length - positives;
  if (positives === 0 || negatives === 0) return null;
  const ranks = midRanks(rows.map((row) => row.value));
  let sum = 0;
  rows.forEach((row, i) => {
    if (row.isPositive) sum += ranks[i] as number;
  });
  return (sum - (positives * (positives + 1)) / 2) / (positives * negatives);
}

/**
 * Average precision: Σ (recall step) × precision over falling values, equals taken at once, as scikit-learn.
 *
 * @returns 0–1; null without positives
 * @see https://scikit-learn.org/stable/modules/generated/sklearn.metrics.average_precision_score.html
 */
export function averagePrecision(rows: readonly Labelled[]): number | null {
  const positives = rows.filter((row) => row.isPositive).length;
  if (positives === 0) return null;
  const falling = [...rows].sort((a, b) => b.value - a.value);
  let found = 0;
  let area = 0;
  for (let i = 0; i < falling.length; ) {
    const before = found;
    const value = falling[i]?.value;
    while (i < falling.length && falling[i]?.value === value) {
      if (falling[i]?.isPositive) found++;
      i++;
    }
    area += ((found - before) / positives) * (found / i);
  }
  return area;
}
