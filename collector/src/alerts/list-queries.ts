import type { WebhookPlaybook } from "@telltale/protocol";
import type { SqlQueryable } from "../db/client.ts";
import type { AlertLevel, AlertStatus, Snooze } from "./queries.ts";

export interface AlertRow {
  id: string;
  account_id: string;
  account_name: string | null;
  rule: string;
  level: AlertLevel;
  status: AlertStatus;
  summary: string;
  detail: { playbook?: WebhookPlaybook; snoozes?: Snooze[] };
  owner_role: string;
  assignee: string | null;
  cause: string;
  cluster_rule: string | null;
  opened_at: Date;
  updated_at: Date;
  acknowledged_at: Date | null;
  snoozed_until: Date | null;
  escalated_at: Date | null;
  resolved_at: Date | null;
  outcome: string | null;
  note: string | null;
}

/** What is absent does not filter. */
export interface AlertFilter {
  id?: string | undefined;
  /** `unresolved`: all but resolved. */
  status?: AlertStatus | "unresolved" | undefined;
  level?: AlertLevel | undefined;
  rule?: string | undefined;
  accountId?: string | undefined;
  assignee?: string | undefined;
}

export async function selectAlerts(
  sql: SqlQueryable,
  projectId: string,
  filter: AlertFilter & { after: { openedAt: string; id: string } | null; limit: number },
): Promise<AlertRow[]> {
  const { id, status, level, rule, accountId, assignee, after } = filter;
  const nothing = sql``;
  return sql<AlertRow[]>`
    SELECT alert.id, alert.account_id, account.name AS account_name, rule, level, status, summary,
      detail, owner_role, assignee, cause, cluster_rule, opened_at, updated_at, acknowledged_at,
      snoozed_until, escalated_at, resolved_at, outcome, note
    FROM alerts AS alert
    LEFT JOIN accounts AS account
      ON account.project_id = alert.project_id AND account.account_id = alert.account_id
    WHERE alert.project_id = ${projectId}
      ${id === undefined ? nothing : sql`AND alert.id = ${id}`}
      ${status === undefined ? nothing : status === "unresolved" ? sql`AND status <> 'resolved'` : sql`AND status = ${status}`}
      ${level === undefined ? nothing : sql`AND level = ${level}`}
      ${rule === undefined ? nothing : sql`AND rule = ${rule}`}
      ${accountId === undefined ? nothing : sql`AND alert.account_id = ${accountId}`}
      ${assignee === undefined ? nothing : sql`AND assignee = ${assignee}`}
      ${after === null ? nothing : sql`AND (opened_at, alert.id) < (${after.openedAt}::timestamptz, ${after.id}::uuid)`}
    ORDER BY opened_at DESC, alert.id DESC LIMIT ${filter.limit}`;
}
