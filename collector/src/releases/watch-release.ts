import { type ReleaseFinding, type ReleaseMove, usageMove, watchRelease } from "@telltale/scoring";
import type { Sql } from "../db/client.ts";
import { Problem } from "../problem.ts";
import type { Project } from "../projects/queries.ts";
import { calendarDayOf, toDayNumber } from "../scores/civil-day.ts";
import { getCurrentModel } from "../scores/current-model.ts";
import { eachPageOfAccounts } from "../scores/each-page.ts";
import { readFacts } from "../scores/read-facts.ts";
import { findReleaseAt } from "./queries.ts";

/** Days looked at on each side of a release; whole weeks keep weekends out of it. */
const SIDE_DAYS = 14;

/** How the use of each segment moved over a release. */
export interface ReleaseWatch {
  version: string;
  /** Whole days after it that were looked at, at most 14. */
  daysAfter: number;
  findings: ReleaseFinding[];
}

/**
 * Tests, for each segment, whether its use moved otherwise than that of the other accounts after a
 * release: one finding a segment, with the rate of false findings held.
 *
 * @throws {Problem} not-found; conflict in the first week after the release
 */
export async function watchProjectRelease(
  sql: Sql,
  project: Project,
  { version, now }: { version: string; now: number },
): Promise<ReleaseWatch> {
  const releasedAt = await findReleaseAt(sql, project.id, version);
  if (!releasedAt) throw new Problem("not-found", `There is no release ${version} here.`);
  const today = toDayNumber(calendarDayOf(now, project.timeZone));
  const releaseDay = toDayNumber(calendarDayOf(releasedAt.getTime(), project.timeZone));
  const wholeWeeks = Math.floor((today - 1 - releaseDay) / 7) * 7;
  const daysAfter = Math.min(SIDE_DAYS, wholeWeeks);
  if (daysAfter < 7) {
    throw new Problem("conflict", "A release can be judged from a week after it on.");
  }
  const model = await getCurrentModel(sql, project.id, now);
  const span = { model, now, today, earlierDays: today - releaseDay + SIDE_DAYS };
  const moves: ReleaseMove[] = [];
  for await (const ids of eachPageOfAccounts(sql, project.id)) {
    for (const { facts } of await readFacts(sql, project.id, ids, span)) {
      const { accountId, segments, usage } = facts;
      moves.push({ accountId, segments, move: usageMove(usage, releaseDay, daysAfter) });
    }
  }
  return { version, daysAfter, findings: watchRelease({ moves, seed: `release/${version}` }) };
}
