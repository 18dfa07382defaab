/**
 * Straight lines through points.
 *
 * @module
 */

/** A point with a weight. */
export interface WeightedPoint {
  x: number;
  y: number;
  /** 0 or more. */
  weight: number;
}

/** A fitted line. */
export interface Trend {
  /** Units of y per unit of x. */
  slope: number;
  /** Standard error of the slope; null with fewer than three points, where the fit is exact. */
  standardError: number | null;
}

/**
 * Weighted least squares, as R's `lm(y ~ x, weights = w)`.
 *
 * @param points - those of weight 0 are left out
 * @returns null when the points have fewer than two distinct x
 */
export function weightedTrend(points: readonly WeightedPoint[]): Trend | null {
  const used = points.filter((point) => point.weight > 0);
  const total = used.reduce((sum, { weight }) => sum + weight, 0);
  if (used.every(({ x }) => x === used[0]?.x)) return null;
  const meanX = used.reduce((sum, { x, weight }) => sum + weight * x, 0) / total;
  const meanY = used.reduce((sum, { y, weight }) => sum + weight * y, 0) / total;
  let spread = 0;
  let shared = 0;
  for (const { x, y, weight } of used) {
    spread += weight * (x - meanX) ** 2;
    shared += weight * (x - meanX) * (y - meanY);
  }
  // So near to each other that their squares are 0.
  if (spread === 0) return null;
  const slope = shared / spread;
  if (used.length === 2) return { slope, standardError: null };
  let squares = 0;
  for (const { x, y, weight } of used) squares += weight * (y - meanY - slope * (x - meanX)) ** 2;
  return { slope, standardError: Math.sqrt(squares / (used.length - 2) / spread) };
}
