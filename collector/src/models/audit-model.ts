import { auditSignals, type ScoringModel, type SignalAudit } from "@telltale/scoring";
import type { Sql } from "../db/client.ts";
import { readOutcomesSince } from "../outcomes/queries.ts";
import type { Project } from "../projects/queries.ts";
import { calendarDayOf, toDayNumber } from "../scores/civil-day.ts";
import { eachPageOfAccounts } from "../scores/each-page.ts";
import { measureAccounts } from "../scores/measure-accounts.ts";
import { readFacts } from "../scores/read-facts.ts";
import { getCurrentNorms } from "../scores/refresh-norms.ts";

const YEAR_DAYS = 365;
const DAY_MS = 86_400_000;

/**
 * What each signal of a model is worth today: how it tells churned accounts of the last year from
 * the others, which other it repeats, and what would happen if it went dark.
 */
export async function auditModel(
  sql: Sql,
  project: Project,
  { model, now }: { model: ScoringModel; now: number },
): Promise<SignalAudit[]> {
  const since = new Date(now - YEAR_DAYS * DAY_MS).toISOString().slice(0, 10);
  const churned = new Map<string, boolean>();
  for (const { accountId, kind } of await readOutcomesSince(sql, project.id, since)) {
    churned.set(accountId, kind === "churned");
  }
  const span = { model, now, today: toDayNumber(calendarDayOf(now, project.timeZone)) };
  const accounts = [];
  for await (const ids of eachPageOfAccounts(sql, project.id)) {
    const page = measureAccounts(await readFacts(sql, project.id, ids, span), span);
    for (const { account, createdAt, segments, signals } of page) {
      const { accountId } = account;
      const isChurned = churned.get(accountId) ?? null;
      accounts.push({ accountId, createdAt, segments, signals, now, isChurned });
    }
  }
  const norms = await getCurrentNorms(sql, project.id, model, now);
  return auditSignals({ accounts, model, norms });
}
