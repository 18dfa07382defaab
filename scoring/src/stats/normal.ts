/**
 * The standard normal distribution.
 *
 * @module
 */

/**
 * The probability that a standard normal number is below `z`.
 *
 * Hart's rational approximation near 0 and a continued fraction in the tails; absolute error below 1e-15.
 *
 * @param z - any number; infinities give 0 and 1
 * @throws {RangeError} if `z` is NaN
 * @see Hart, Computer Approximations (1968), algorithm 5666; West, Better approximations to cumulative normal functions (2005)
 */
export function normalProbability(z: number): number {
  const x = z < 0 ? -z : z;
  let tail = 0;
  if (x < 7) {
    let above = 3.52624965998911e-2 * x + 0.700383064443688;
    above = above * x + 6.37396220353165;
    above = above * x + 33.912866078383;
    above = above * x + 112.079291497871;
    above = above * x + 221.213596169931;
    above = above * x + 220.206867912376;
    let below = 8.83883476483184e-2 * x + 1.75566716318264;
    below = below * x + 16.064177579207;
    below = below * x + 86.7807322029461;
    below = below * x + 296.564248779674;
    below = below * x + 637.333633378831;
    below = below * x + 793.826512519948;
    below = below * x + 440.413735824752;
    tail = (Math.exp((-x * x) / 2) * above) / below;
  } else if (x <= 38) {
    let fraction = x;
    for (let i = 60; i >= 1; i--) fraction = x + i / fraction;
    tail = Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI) / fraction;
  } else if (Number.isNaN(z)) {
    throw new RangeError("normalProbability requires a number, got NaN");
  }
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
  for (let i = 0; i < 100; i++) {
    const middle = (low + high) / 2;
    if (normalProbability(middle) < p) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
