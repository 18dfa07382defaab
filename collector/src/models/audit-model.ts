import {
  type AccountSignals,
  auditSignals,
  type EvaluationCase,
  type ScoringModel,
  type SignalAudit,
} from "@telltale/scoring";
import type { Sql } from "../db/client.ts";
import { readDeparted } from "../outcomes/queries.ts";
import type { Project } from "../projects/queries.ts";
import { calendarDayOf, toDayNumber } from "../scores/civil-day.ts";
import { eachPageOfAccounts } from "../scores/each-page.ts";
import { measureAccounts } from "../scores/measure-accounts.ts";
import { readFacts } from "../scores/read-facts.ts";
import { getCurrentNorms } from "../scores/refresh-norms.ts";

/**
 * What each signal of a model is worth: how it told churned accounts from the others before the
 * outcome, which other it repeats, and what would happen if it went dark. The last two are told of
 * the accounts of today: one that left is silent in all signals alike, so that each would seem to
 * repeat the others.
 *
 * @param cases - outcomes of the project as the model saw them before
 */
export async function auditModel(
  sql: Sql,
  project: Project,
  { model, now, cases }: { model: ScoringModel; now: number; cases: readonly EvaluationCase[] },
): Promise<SignalAudit[]> {
  const day = calendarDayOf(now, project.timeZone);
  const span = { model, now, today: toDayNumber(day) };
  const departed = await readDeparted(sql, project.id, day);
  const accounts: AccountSignals[] = [];
  for await (const ids of eachPageOfAccounts(sql, project.id)) {
    const here = ids.filter((id) => !departed.has(id));
    const page = measureAccounts(await readFacts(sql, project.id, here, span), span);
    for (const { account, createdAt, segments, signals } of page) {
      accounts.push({ accountId: account.accountId, createdAt, segments, signals, now });
    }
  }
  const norms = await getCurrentNorms(sql, project.id, model, now);
  return auditSignals({ accounts, cases, model, norms });
}
