import { buildNorms, type NormsRow } from "@telltale/scoring";
import type { Sql } from "../db/client.ts";
import type { Project } from "../projects/queries.ts";
import { calendarDayOf, toDayNumber } from "./civil-day.ts";
import { getCurrentModel } from "./current-model.ts";
import { eachPageOfAccounts } from "./each-page.ts";
import { type MeasuredAccount, measureAccounts } from "./measure-accounts.ts";
import { readFacts } from "./read-facts.ts";
import { storeNorms, toNormsRow } from "./refresh-norms.ts";
import type { RescoreDeps } from "./rescore-accounts.ts";
import { lockStandings, writeScores } from "./write-scores.ts";

const WRITE_ACCOUNTS = 200;

/**
 * The nightly run: measures every account once, builds the norms from that, and writes every
 * account's score by them. The facts are read once; between reading and writing only the signals
 * are kept. What happens to an account meanwhile has queued it, so it is scored again soon.
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
  const measured: MeasuredAccount[] = [];
  const rows: NormsRow[] = [];
  for await (const ids of eachPageOfAccounts(sql, project.id)) {
    const page = measureAccounts(await readFacts(sql, project.id, ids, span), span);
    measured.push(...page);
    rows.push(...page.map(toNormsRow));
  }
  const norms = await storeNorms(sql, project, buildNorms({ rows, model, now }), now);
  const writing = { project, judge: { model, norms }, now, publicUrl };
  for (let start = 0; start < measured.length; start += WRITE_ACCOUNTS) {
    const page = measured.slice(start, start + WRITE_ACCOUNTS);
    const ids = page.map((one) => one.account.accountId);
    await sql.begin(async (tx) => {
      const standings = await lockStandings(tx, project.id, ids);
      await writeScores(tx, writing, standings, page);
    });
  }
  return measured.length;
}
