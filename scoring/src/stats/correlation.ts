/**
 * How two lists of numbers go together.
 *
 * @module
 */

import { mean } from "./moments.ts";
import { midRanks } from "./ranking.ts";

/**
 * Pearson's correlation. With one list of 0 and 1, this is the point-biserial correlation.
 *
 * @returns −1 to 1; null with fewer than two pairs or a list without spread
 * @throws {RangeError} if the lists differ in length
 * @see https://en.wikipedia.org/wiki/Point-biserial_correlation_coefficient
 */
export function correlation(xs: readonly number[], ys: readonly number[]): number | null {
  if (xs.length !== ys.length) {
    throw new RangeError(
      `correlation requires lists of one length, got ${xs.length} and ${ys.length}`,
    );
  }
  if (xs.length < 2) return null;
  const meanX = mean(xs);
  const meanY = mean(ys);
  let shared = 0;
  let squaresX = 0;
  let squaresY = 0;
  xs.forEach((x, i) => {
    const y = ys[i] as number;
    shared += (x - meanX) * (y - meanY);
    squaresX += (x - meanX) ** 2;
    squaresY += (y - meanY) ** 2;
  });
  if (squaresX === 0 || squaresY === 0) return null;
  return Math.min(1, Math.max(-1, shared / Math.sqrt(squaresX * squaresY)));
}

/**
 * Spearman's rank correlation: Pearson's of the mid-ranks.
 *
 * @returns −1 to 1; null with fewer than two pairs or a list without spread
 * @throws {RangeError} if the lists differ in length or hold NaN
 * @see https://doi.org/10.2307/1412159
 */
export function rankCorrelation(xs: readonly number[], ys: readonly number[]): number | null {
  return correlation(midRanks(xs), midRanks(ys));
}
