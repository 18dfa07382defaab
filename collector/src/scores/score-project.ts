import type { Sql } from "../db/client.ts";
import { Problem } from "../problem.ts";
import type { Project } from "../projects/queries.ts";
import { calendarDayOf } from "./civil-day.ts";
import { closeDay } from "./close-day.ts";
import { eachPageOfAccounts } from "./each-page.ts";
import { rescoreAccounts } from "./rescore-accounts.ts";

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
  for await (const ids of eachPageOfAccounts(deps.sql, project.id)) {
    scored += (await rescoreAccounts(deps, project, ids, { now: deps.clock() })).length;
    onProgress(scored);
  }
  return { day, scored, unchanged: null };
}
