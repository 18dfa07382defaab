import type { WebhookPlaybook } from "@telltale/protocol";
import type { Sql } from "../db/client.ts";
import { parseCursor, toCursor } from "../pagination.ts";
import { Problem } from "../problem.ts";
import { type AlertFilter, type AlertRow, selectAlerts } from "./list-queries.ts";
import type { AlertLevel, AlertStatus, Snooze } from "./queries.ts";

/** An alert as people see it. Times are ISO 8601. */
export interface Alert {
  id: string;
  /** Null for a cluster alert. */
  accountId: string | null;
  accountName: string | null;
  rule: string;
  level: AlertLevel;
  status: AlertStatus;
  summary: string;
  ownerRole: string;
  assignee: string | null;
  playbook: WebhookPlaybook | null;
  cause: string;
  /** The cluster alert that speaks for it. */
  clusterRule: string | null;
  openedAt: string;
  updatedAt: string;
  acknowledgedAt: string | null;
  snoozedUntil: string | null;
  /** The latest twenty, oldest first. */
  snoozes: Snooze[];
  escalatedAt: string | null;
  resolvedAt: string | null;
  outcome: string | null;
  note: string | null;
}

function toAlert(row: AlertRow): Alert {
  return {
    id: row.id,
    accountId: row.account_id === "" ? null : row.account_id,
    accountName: row.account_name,
    rule: row.rule,
    level: row.level,
    status: row.status,
    summary: row.summary,
    ownerRole: row.owner_role,
    assignee: row.assignee,
    playbook: row.detail.playbook ?? null,
    cause: row.cause,
    clusterRule: row.cluster_rule,
    openedAt: row.opened_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
    acknowledgedAt: row.acknowledged_at?.toISOString() ?? null,
    snoozedUntil: row.snoozed_until?.toISOString() ?? null,
    snoozes: row.detail.snoozes ?? [],
    escalatedAt: row.escalated_at?.toISOString() ?? null,
    resolvedAt: row.resolved_at?.toISOString() ?? null,
    outcome: row.outcome,
    note: row.note,
  };
}

/** A page of alerts, newest first. */
export async function listAlerts(
  sql: Sql,
  projectId: string,
  query: AlertFilter & { limit: number; cursor?: string | undefined },
): Promise<{ data: Alert[]; nextCursor: string | null }> {
  const [openedAt, id] = query.cursor ? parseCursor(query.cursor, ["moment", "id"]) : [];
  const rows = await selectAlerts(sql, projectId, {
    ...query,
    after: openedAt && id ? { openedAt, id } : null,
    limit: query.limit + 1,
  });
  const shown = rows.slice(0, query.limit);
  const last = shown.at(-1);
  const isMore = rows.length > query.limit && last !== undefined;
  return {
    data: shown.map(toAlert),
    nextCursor: isMore ? toCursor([last.opened_at.toISOString(), last.id]) : null,
  };
}

/** @throws {Problem} not-found */
export async function getAlert(sql: Sql, projectId: string, id: string): Promise<Alert> {
  const [row] = await selectAlerts(sql, projectId, { id, after: null, limit: 1 });
  if (!row) throw new Problem("not-found", `There is no alert ${id} in this project.`);
  return toAlert(row);
}
