import type { Tier } from "@telltale/protocol";
import { selectYearlyValue } from "../../accounts/account-value.ts";
import type { Sql, SqlQueryable } from "../../db/client.ts";
import type { InboxFilter, InboxSort } from "./inbox-filter.ts";

/** An alert with the account that it is about. */
export interface AlertRow {
  id: string;
  accountId: string;
  accountName: string | null;
  value: number | null;
  /** Where the account stands today; the summary tells where it stood when the alert opened. */
  tierNow: Tier | null;
  scoreNow: number | null;
  rule: string;
  level: "monitor" | "outreach" | "intervene";
  status: "open" | "acknowledged" | "snoozed" | "resolved";
  summary: string;
  detail: Record<string, unknown>;
  ownerRole: string;
  assignee: string | null;
  openedAt: Date;
  updatedAt: Date;
  acknowledgedAt: Date | null;
  snoozedUntil: Date | null;
  escalatedAt: Date | null;
  resolvedAt: Date | null;
  outcome: string | null;
  note: string | null;
}

/** What the account pays a year; of a cluster, what the accounts that it speaks for pay together. */
const selectValue = (
  sql: Sql,
  projectId: string,
) => sql`CASE WHEN l.account_id <> '' THEN ${selectYearlyValue(sql)}
  ELSE (SELECT sum(${selectYearlyValue(sql)}) FROM alerts one
    JOIN accounts a ON a.project_id = one.project_id AND a.account_id = one.account_id
    WHERE one.project_id = ${projectId} AND one.cluster_rule = l.rule AND one.status <> 'resolved') END`;

const toAlerts = (sql: Sql, projectId: string) => sql`
  SELECT l.id, l.account_id AS "accountId", a.name AS "accountName", ${selectValue(sql, projectId)} AS value,
    h.tier AS "tierNow", h.score AS "scoreNow", l.rule, l.level, l.status, l.summary, l.detail, l.owner_role AS "ownerRole", l.assignee,
    l.opened_at AS "openedAt", l.updated_at AS "updatedAt", l.acknowledged_at AS "acknowledgedAt",
    l.snoozed_until AS "snoozedUntil", l.escalated_at AS "escalatedAt",
    l.resolved_at AS "resolvedAt", l.outcome, l.note
  FROM alerts l
  LEFT JOIN accounts a ON a.project_id = l.project_id AND a.account_id = l.account_id
  LEFT JOIN account_health h ON h.project_id = l.project_id AND h.account_id = l.account_id`;

export async function findAccountAlerts(
  sql: Sql,
  projectId: string,
  accountId: string,
): Promise<AlertRow[]> {
  return sql<AlertRow[]>`
    ${toAlerts(sql, projectId)} WHERE l.project_id = ${projectId} AND l.account_id = ${accountId}
    ORDER BY (l.status = 'resolved'), l.opened_at DESC LIMIT 20`;
}

export async function findAlert(sql: Sql, projectId: string, id: string): Promise<AlertRow | null> {
  const [row] = await sql<AlertRow[]>`
    ${toAlerts(sql, projectId)} WHERE l.project_id = ${projectId} AND l.id = ${id}::text::uuid`;
  return row ?? null;
}

/** What is resolved comes last, the latest first; `at` tells what is overdue. */
function toOrder(sql: Sql, projectId: string, { sort, at }: { sort: InboxSort; at: string }) {
  const value = selectValue(sql, projectId);
  const level = sql`array_position(ARRAY['monitor', 'outreach', 'intervene'], l.level)`;
  const due = sql`l.detail -> 'playbook' ->> 'dueAt'`;
  const isOverdue = sql`coalesce(l.status = 'open' AND ${due} < ${at}::text, false)`;
  const by = {
    pressing: sql`${isOverdue} DESC, ${level} * ${value} DESC NULLS LAST, ${level} DESC, ${due} NULLS LAST`,
    value: sql`${value} DESC NULLS LAST, ${level} DESC`,
    due: sql`${due} NULLS LAST, ${level} DESC`,
    newest: sql`l.opened_at DESC`,
  }[sort];
  return sql`(l.status = 'resolved'), CASE WHEN l.status = 'resolved' THEN l.resolved_at END DESC,
    ${by}, l.opened_at DESC, l.id`;
}

/**
 * A page of alerts.
 *
 * @param page - `at`: now, ISO 8601
 */
export async function findInbox(
  sql: Sql,
  projectId: string,
  filter: InboxFilter,
  page: { limit: number; offset: number; at: string },
): Promise<AlertRow[]> {
  const { status, level, assignee, sort } = filter;
  return sql<AlertRow[]>`
    ${toAlerts(sql, projectId)} WHERE l.project_id = ${projectId}
      AND ${
        status === ""
          ? sql`true`
          : status === "waiting"
            ? sql`l.status IN ('open', 'acknowledged')`
            : sql`l.status = ${status}`
      }
      AND ${level === "" ? sql`true` : sql`l.level = ${level}`}
      AND ${assignee === "" ? sql`true` : assignee === "-" ? sql`l.assignee IS NULL` : sql`l.assignee = ${assignee}`}
    ORDER BY ${toOrder(sql, projectId, { sort, at: page.at })}
    LIMIT ${page.limit} OFFSET ${page.offset}`;
}

/** How many alerts are in each state. */
export async function countAlerts(
  sql: Sql,
  projectId: string,
): Promise<Partial<Record<AlertRow["status"], number>>> {
  const rows = await sql<{ status: AlertRow["status"]; count: number }[]>`
    SELECT status, count(*)::int AS count FROM alerts WHERE project_id = ${projectId} GROUP BY 1`;
  return Object.fromEntries(rows.map(({ status, count }) => [status, count]));
}

export async function listAssignees(sql: Sql, projectId: string): Promise<string[]> {
  const rows = await sql<{ assignee: string }[]>`
    SELECT DISTINCT assignee FROM alerts
    WHERE project_id = ${projectId} AND assignee IS NOT NULL ORDER BY 1 LIMIT 200`;
  return rows.map(({ assignee }) => assignee);
}

/** The steps of the alert's playbook that are done, by their place. */
export async function updateDoneSteps(
  sql: SqlQueryable,
  alert: { projectId: string; id: string; done: number[]; at: string },
): Promise<void> {
  await sql`
    UPDATE alerts SET updated_at = ${alert.at}::timestamptz,
      detail = jsonb_set(detail, '{doneSteps}', ${JSON.stringify(alert.done)}::text::jsonb)
    WHERE project_id = ${alert.projectId} AND id = ${alert.id}::text::uuid`;
}

/** An account to try something on. */
export interface ExampleAccount {
  accountId: string;
  name: string | null;
}

/** Scored accounts, lowest first. */
export async function findExampleAccounts(sql: Sql, projectId: string): Promise<ExampleAccount[]> {
  return sql<ExampleAccount[]>`
    SELECT h.account_id AS "accountId", a.name FROM account_health h
    JOIN accounts a ON a.project_id = h.project_id AND a.account_id = h.account_id
    WHERE h.project_id = ${projectId} AND h.score IS NOT NULL
    ORDER BY h.score, h.account_id LIMIT 30`;
}

/** Where an account stood when it was last in another tier; null: it never was. */
export async function findOtherTier(
  sql: Sql,
  projectId: string,
  { accountId, tier }: { accountId: string; tier: Tier },
): Promise<{ score: number | null; tier: Tier } | null> {
  const [row] = await sql<{ score: number | null; tier: Tier }[]>`
    SELECT score, tier FROM scores
    WHERE project_id = ${projectId} AND account_id = ${accountId} AND tier <> ${tier}
    ORDER BY day DESC LIMIT 1`;
  return row ?? null;
}

/** What accounts were contacted for since a moment, those that were asked most first. */
export interface BudgetRow {
  accountId: string;
  name: string | null;
  spent: number;
  lastAt: Date;
}

export async function findSpentBudgets(
  sql: Sql,
  projectId: string,
  since: string,
): Promise<BudgetRow[]> {
  return sql<BudgetRow[]>`
    SELECT c.account_id AS "accountId", a.name, c.spent, c."lastAt"
    FROM (SELECT account_id, sum(cost)::int AS spent, max(contacted_at) AS "lastAt" FROM contacts
      WHERE project_id = ${projectId} AND contacted_at > ${since}::timestamptz
      GROUP BY account_id ORDER BY 2 DESC, 1 LIMIT 10) c
    LEFT JOIN accounts a ON a.project_id = ${projectId} AND a.account_id = c.account_id
    ORDER BY c.spent DESC, c.account_id`;
}
