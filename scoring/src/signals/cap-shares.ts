/**
 * Anti-gaming: one busy user is not a busy account.
 *
 * @module
 */

/**
 * The sum of amounts after each was cut to at most a share of that sum.
 *
 * Where nobody else gives enough for the share to be reached (a lone user), an amount is cut to the share of
 * itself, so that it never falls to nothing [ours].
 *
 * @param amounts - 0 or more each, in any order
 * @param maxShare - above 0, up to 1 (no cut)
 * @returns the sum, between `maxShare` × and 1 × the plain sum
 * @throws {RangeError} if `maxShare` is out of range
 */
export function capShares(amounts: readonly number[], maxShare: number): number {
  if (!(maxShare > 0 && maxShare <= 1)) {
    throw new RangeError(`capShares requires maxShare above 0 up to 1, got ${maxShare}`);
  }
  const descending = [...amounts].sort((a, b) => b - a);
  let total = 0;
  for (let i = descending.length - 1; i >= 0; i--) total += descending[i] as number;
  let rest = total;
  for (let capped = 0; capped < descending.length; capped++) {
    if (capped * maxShare >= 1) break;
    const limit = (maxShare * rest) / (1 - capped * maxShare);
    const next = descending[capped] as number;
    if (next <= limit) return Math.max(maxShare * total, capped * limit + rest);
    rest -= next;
  }
  return maxShare * total;
}
