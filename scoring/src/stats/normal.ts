/**
 * The standard normal distribution.
 *
 * @module
 */

/**
 * The probability that a standard normal number is below `z`.
 *
 * By series for small and by continued fraction for large |z|; absolute error below 1e-14.
 *
 * @param z - any number; infinities give 0 and 1
 * @throws {RangeError} if `z` is NaN
 * @see https://dlmf.nist.gov/7.6 and https://dlmf.nist.gov/7.9
 */
export function normalProbability(z: number): number {
  if (Number.isNaN(z)) throw new RangeError("normalProbability requires a number, got NaN");
  const x = Math.abs(z);
  if (x > 38) return z > 0 ? 1 : 0;
  const density = Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI);
  if (x < 3) {
    let term = x;
    let sum = x;
    for (let i = 1; Math.abs(term) > 1e-17 * sum; i++) {
      term *= (x * x) / (2 * i + 1);
      sum += term;
    }
    return z >= 0 ? 0.5 + density * sum : 0.5 - density * sum;
  }
  let fraction = x;
  for (let i = 120; i >= 1; i--) fraction = x + i / fraction;
  const tail = density / fraction;
  return z > 0 ? 1 - tail : tail;
}

/**
 * The value below which a standard normal number lies with probability `p`, by bisection to full precision.
 *
 * @param p - above 0, below 1
 * @throws {RangeError} if `p` is out of range
 */
export function normalQuantile(p: number): number {
  if (!(p > 0 && p < 1)) throw new RangeError(`normalQuantile requires p in (0, 1), got ${p}`);
  let low = -38;
  let high = 38;
  for (let i = 0; i < 100 && low < high; i++) {
    const middle = (low + high) / 2;
    if (normalProbability(middle) < p) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
