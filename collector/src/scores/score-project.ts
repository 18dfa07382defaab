import type { Sql } from "../db/client.ts";
import { Problem } from "../problem.ts";
import type { Project } from "../projects/queries.ts";
import { calendarDayOf } from "./civil-day.ts";
import { closeDay } from "./close-day.ts";
import { readAccountIds } from "./queries.ts";
import { rescoreAccounts } from "./rescore-accounts.ts";

const PAGE_ACCOUNTS = 200;

interface ScoreProjectDeps {
  sql: Sql;
  publicUrl: string;
  clock: () => number;
}

export interface ProjectScoring {
  /** The day that was scored. */
  day: string;
  scored: number;
  /** For a day that is over: scores that came out as they were stored, to the bit. */
  unchanged: number | null;
}

/**
 * Scores every account of a project: now, or as of the end of a day that is over.
 *
 * @param asOf - calendar day; absent: now
 * @throws {Problem} invalid-request for a day to come
 */
export async function scoreProject(
  deps: ScoreProjectDeps,
  project: Project,
  asOf: string | undefined,
  onProgress: (accounts: number) => void = () => {},
): Promise<ProjectScoring> {
  const today = calendarDayOf(deps.clock(), project.timeZone);
  const day = asOf ?? today;
  if (day > today) {
    throw new Problem("invalid-request", "A day to come can't be scored.", {
      errors: [{ pointer: "/asOf", detail: `must be ${today} or earlier` }],
    });
  }
  if (day < today) return { day, ...(await closeDay(deps.sql, project, day, onProgress)) };
  let scored = 0;
  for (let after = ""; ; ) {
    const ids = await readAccountIds(deps.sql, project.id, after, PAGE_ACCOUNTS);
    if (ids.length === 0) return { day, scored, unchanged: null };
    scored += (await rescoreAccounts(deps, project, ids, deps.clock())).length;
    onProgress(scored);
    after = ids.at(-1) ?? after;
  }
}
