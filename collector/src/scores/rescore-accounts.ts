import type { AccountHealth } from "@telltale/protocol";
import type { Sql } from "../db/client.ts";
import type { Project } from "../projects/queries.ts";
import { calendarDayOf, toDayNumber } from "./civil-day.ts";
import { findJudgeAt } from "./judge.ts";
import { measureAccounts } from "./measure-accounts.ts";
import { readFacts } from "./read-facts.ts";
import { lockStandings, writeScores } from "./write-scores.ts";

export interface RescoreDeps {
  sql: Sql;
  /** For the link in webhooks, without a slash at the end. */
  publicUrl: string;
}

export interface RescoreOptions {
  /** Milliseconds since the epoch. */
  now: number;
  /** By account, the earliest calendar day that events changed since the last time; absent: none. */
  lateFrom?: ReadonlyMap<string, string>;
}

/**
 * Scores accounts from their facts, in one transaction with what follows from the scores.
 *
 * @returns the health of each account that exists
 */
export async function rescoreAccounts(
  deps: RescoreDeps,
  project: Project,
  accountIds: string[],
  { now, lateFrom }: RescoreOptions,
): Promise<AccountHealth[]> {
  const { sql, publicUrl } = deps;
  const judge = await findJudgeAt(sql, project.id, now);
  const span = { ...judge, now, today: toDayNumber(calendarDayOf(now, project.timeZone)) };
  const ids = [...accountIds].sort();
  return sql.begin(async (tx) => {
    const standings = await lockStandings(tx, project.id, ids);
    const measured = measureAccounts(await readFacts(tx, project.id, ids, span), span);
    const writing = { project, judge, now, publicUrl, ...(lateFrom && { lateFrom }) };
    return writeScores(tx, writing, standings, measured);
  });
}
