/**
 * Quantiles of a list of numbers, and the place of a number among them.
 *
 * @module
 */

/**
 * A sorted copy, smallest first.
 *
 * @throws {RangeError} if a value is NaN or infinite
 */
export function sorted(values: readonly number[]): number[] {
  for (const value of values) {
    if (!Number.isFinite(value))
      throw new RangeError(`sorted requires finite values, got ${value}`);
  }
  return [...values].sort((a, b) => a - b);
}

function at(ascending: readonly number[], position: number): number {
  const last = ascending.length - 1;
  const clamped = Math.min(Math.max(position, 0), last);
  const low = Math.floor(clamped);
  const from = ascending[low] as number;
  if (low === last) return from;
  const to = ascending[low + 1] as number;
  return from + (clamped - low) * (to - from);
}

function requireProbability(name: string, ascending: readonly number[], p: number): void {
  if (ascending.length === 0) throw new RangeError(`${name} requires at least one value, got none`);
  if (!(p >= 0 && p <= 1)) throw new RangeError(`${name} requires p from 0 to 1, got ${p}`);
}

/**
 * The linear-interpolated quantile (type 7 of Hyndman and Fan; R's and NumPy's default).
 *
 * @param ascending - sorted, at least one value
 * @param p - 0–1
 * @throws {RangeError} if the list is empty or `p` is out of range
 * @see https://doi.org/10.1080/00031305.1996.10473566
 */
export function quantile(ascending: readonly number[], p: number): number {
  requireProbability("quantile", ascending, p);
  return at(ascending, p * (ascending.length - 1));
}

/**
 * The quantile whose inverse is the mid-rank (Hazen's, type 5): a value at position i of n sits at (i + ½) ÷ n.
 *
 * @param ascending - sorted, at least one value
 * @param p - 0–1
 * @throws {RangeError} if the list is empty or `p` is out of range
 */
export function midRankQuantile(ascending: readonly number[], p: number): number {
  requireProbability("midRankQuantile", ascending, p);
  return at(ascending, p * ascending.length - 0.5);
}

/**
 * The share of a sorted list below a value, equals counting half.
 *
 * Between two neighbours it is interpolated, below all it is 0, above all 1. On a list of
 * {@link midRankQuantile}s it is the inverse of them.
 *
 * @param ascending - sorted, at least one value
 * @returns 0–1, never falling in `value`
 * @throws {RangeError} if the list is empty or `value` is NaN
 */
export function midRankShare(ascending: ArrayLike<number>, value: number): number {
  const n = ascending.length;
  if (n === 0) throw new RangeError("midRankShare requires at least one value, got none");
  if (Number.isNaN(value)) throw new RangeError("midRankShare requires a number, got NaN");
  if (value < (ascending[0] as number)) return 0;
  if (value > (ascending[n - 1] as number)) return 1;
  const first = lowerBound(ascending, value);
  if (ascending[first] === value) {
    let last = first;
    while (last + 1 < n && ascending[last + 1] === value) last++;
    return ((first + last) / 2 + 0.5) / n;
  }
  const below = ascending[first - 1] as number;
  const above = ascending[first] as number;
  return (first - 0.5 + (value - below) / (above - below)) / n;
}

function lowerBound(ascending: ArrayLike<number>, value: number): number {
  let low = 0;
  let high = ascending.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ascending[middle] as number) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
