import type { SqlQueryable } from "../db/client.ts";

/** Snoozed alerts whose time is over are open again. */
export async function wakeSnoozed(sql: SqlQueryable, projectId: string, at: string): Promise<void> {
  await sql`
    UPDATE alerts SET status = 'open', snoozed_until = NULL, updated_at = ${at}::timestamptz
    WHERE project_id = ${projectId} AND status = 'snoozed' AND snoozed_until <= ${at}::timestamptz`;
}

/** Open alerts that nobody acknowledged within their rule's time, and that have not escalated. */
export async function findOverdueAlerts(
  sql: SqlQueryable,
  projectId: string,
  at: string,
): Promise<{ account_id: string; rule: string }[]> {
  return sql`
    SELECT alert.account_id, alert.rule FROM alerts AS alert
    JOIN alert_rules AS rule ON rule.project_id = alert.project_id AND rule.key = alert.rule
    WHERE alert.project_id = ${projectId} AND alert.status = 'open'
      AND alert.escalated_at IS NULL AND alert.acknowledged_at IS NULL
      AND alert.cluster_rule IS NULL AND rule.escalate_after_hours IS NOT NULL
      AND alert.opened_at <= ${at}::timestamptz - make_interval(secs => rule.escalate_after_hours * 3600)
    ORDER BY alert.account_id LIMIT 500`;
}

/** @returns false when it has escalated already */
export async function markEscalated(
  sql: SqlQueryable,
  alert: { projectId: string; id: string; at: string },
): Promise<boolean> {
  const rows = await sql`
    UPDATE alerts SET escalated_at = ${alert.at}::timestamptz
    WHERE project_id = ${alert.projectId} AND id = ${alert.id} AND escalated_at IS NULL
    RETURNING 1`;
  return rows.length > 0;
}
