import type { Sql } from "../db/client.ts";
import type { Project } from "../projects/queries.ts";
import { calendarDayOf, toDayNumber } from "./civil-day.ts";
import { getCurrentModel } from "./current-model.ts";
import { measureProject } from "./measure-project.ts";
import { storeNorms } from "./refresh-norms.ts";
import type { RescoreDeps } from "./rescore-accounts.ts";
import { lockStandings, writeScores } from "./write-scores.ts";

/**
 * The nightly run: measures every account once, builds the norms from that, and writes every
 * account's score by them. The facts are read once; between reading and writing only the signals
 * are kept, and of a large project outside of memory. What happens to an account meanwhile has
 * queued it, so it is scored again soon.
 *
 * @param now - milliseconds since the epoch
 * @returns accounts scored
 */
export async function runNightly(
  deps: RescoreDeps & { sql: Sql },
  project: Project,
  now: number,
): Promise<number> {
  const { sql, publicUrl } = deps;
  const model = await getCurrentModel(sql, project.id, now);
  const span = { model, now, today: toDayNumber(calendarDayOf(now, project.timeZone)) };
  return measureProject(sql, project, span, async ({ norms: built, pages }) => {
    const norms = await storeNorms(sql, project, built, now);
    const writing = { project, judge: { model, norms }, now, publicUrl };
    let scored = 0;
    for await (const page of pages) {
      const ids = page.map((one) => one.account.accountId);
      await sql.begin(async (tx) => {
        const standings = await lockStandings(tx, project.id, ids);
        await writeScores(tx, writing, standings, page);
      });
      scored += page.length;
    }
    return scored;
  });
}
