/**
 * Intervals of a share.
 *
 * @module
 */

/**
 * Wilson's 95 % interval of a share.
 *
 * @param count - of `total`
 * @param total - 1 or more
 * @throws {RangeError} if the numbers are no share
 * @see https://doi.org/10.1080/01621459.1927.10502953
 */
export function wilsonInterval(count: number, total: number): [low: number, high: number] {
  if (!(total >= 1 && count >= 0 && count <= total)) {
    throw new RangeError(`wilsonInterval requires 0 ≤ count ≤ total ≥ 1, got ${count} of ${total}`);
  }
  const z = 1.959963984540054;
  const p = count / total;
  const centre = p + (z * z) / (2 * total);
  const reach = z * Math.sqrt((p * (1 - p)) / total + (z * z) / (4 * total * total));
  const scale = 1 + (z * z) / total;
  return [Math.max(0, (centre - reach) / scale), Math.min(1, (centre + reach) / scale)];
}
