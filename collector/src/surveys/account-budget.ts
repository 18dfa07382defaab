const MS_PER_DAY = 86_400_000;

/**
 * When an account has room for a further prompt.
 *
 * @param promptsMs - when its prompts of the last 24 hours began, newest first
 * @returns null when it has room now; infinite when its budget is zero
 */
export function accountFreeAt(budget: number, promptsMs: readonly number[]): number | null {
  if (budget === 0) return Number.POSITIVE_INFINITY;
  const oldest = promptsMs[budget - 1];
  return oldest === undefined ? null : oldest + MS_PER_DAY;
}
