import type { Sql } from "../../db/client.ts";

/** An alert with the account that it is about. */
export interface AlertRow {
  id: string;
  accountId: string;
  accountName: string | null;
  rule: string;
  level: "monitor" | "outreach" | "intervene";
  status: "open" | "acknowledged" | "snoozed" | "resolved";
  summary: string;
  detail: Record<string, unknown>;
  openedAt: Date;
  updatedAt: Date;
  resolvedAt: Date | null;
}

export async function findAccountAlerts(
  sql: Sql,
  projectId: string,
  accountId: string,
): Promise<AlertRow[]> {
  return sql<AlertRow[]>`
    SELECT l.id, l.account_id AS "accountId", a.name AS "accountName", l.rule, l.level, l.status,
      l.summary, l.detail, l.opened_at AS "openedAt", l.updated_at AS "updatedAt",
      l.resolved_at AS "resolvedAt"
    FROM alerts l JOIN accounts a ON a.project_id = l.project_id AND a.account_id = l.account_id
    WHERE l.project_id = ${projectId} AND l.account_id = ${accountId}
    ORDER BY (l.status = 'resolved'), l.opened_at DESC LIMIT 20`;
}
