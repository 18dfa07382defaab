import type { Sql } from "../db/client.ts";
import type { Project } from "../projects/queries.ts";
import { eachPageOfAccounts } from "./each-page.ts";
import { type PastScoring, scorePastDays } from "./score-past-days.ts";

/**
 * Scores every account as of the end of a day that is over, so that the day's row says how the day
 * ended and can be made again from the same facts.
 *
 * @param day - calendar day in the project's time zone
 * @param onProgress - called after each page with the accounts done so far
 */
export async function closeDay(
  sql: Sql,
  project: Project,
  day: string,
  onProgress: (accounts: number) => void = () => {},
): Promise<PastScoring> {
  const total: PastScoring = { scored: 0, unchanged: 0 };
  let done = 0;
  for await (const ids of eachPageOfAccounts(sql, project.id)) {
    const page = await scorePastDays(sql, project, ids, { from: day, to: day, unscored: "score" });
    total.scored += page.scored;
    total.unchanged += page.unchanged;
    done += ids.length;
    onProgress(done);
  }
  return total;
}
