import type { Project } from "../projects/queries.ts";

const MS_PER_DAY = 86_400_000;

/** Prompts an account gets in 24 hours, from the project's setting `promptsPerAccountDay`. */
export function accountBudgetOf({ settings }: Pick<Project, "settings">): number {
  const { promptsPerAccountDay } = settings;
  const isCount = Number.isInteger(promptsPerAccountDay) && Number(promptsPerAccountDay) >= 0;
  return isCount ? Number(promptsPerAccountDay) : 1;
}

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
