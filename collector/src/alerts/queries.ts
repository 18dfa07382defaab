import type { WebhookPlaybook } from "@telltale/protocol";
import type { SqlQueryable } from "../db/client.ts";
import type { ExitCriterion } from "../playbooks/default-playbooks.ts";

export type AlertLevel = "monitor" | "outreach" | "intervene";
export type AlertStatus = "open" | "acknowledged" | "snoozed" | "resolved";

/** An alert that is not resolved. */
export interface OpenAlert {
  id: string;
  level: AlertLevel;
  status: AlertStatus;
  openedAt: string;
  playbook: WebhookPlaybook | null;
  /** What its playbook asks for before it ends by itself. */
  exit: ExitCriterion | null;
  /** Rule of the cluster alert that speaks for it. */
  clusterRule: string | null;
  summary: string;
}

/**
 * One transaction at a time changes the alerts of a project: each may touch many, and a cluster's
 * beside, in an order of its own. Comes before the first row of them that it locks or writes.
 */
export async function lockAlerts(sql: SqlQueryable, projectId: string): Promise<void> {
  await sql`SELECT pg_advisory_xact_lock(hashtextextended(${projectId}, 32))`;
}

/** Finds the alert of an account and rule that is not resolved, and keeps others from changing it. */
export async function lockOpenAlert(
  sql: SqlQueryable,
  key: { projectId: string; accountId: string; rule: string },
): Promise<OpenAlert | null> {
  const [row] = await sql<
    {
      id: string;
      level: AlertLevel;
      status: AlertStatus;
      opened_at: Date;
      detail: { playbook?: WebhookPlaybook; exit?: ExitCriterion };
      summary: string;
      cluster_rule: string | null;
    }[]
  >`
    SELECT id, level, status, opened_at, detail, summary, cluster_rule FROM alerts
    WHERE project_id = ${key.projectId} AND account_id = ${key.accountId} AND rule = ${key.rule}
      AND status <> 'resolved'
    FOR UPDATE`;
  if (!row) return null;
  return {
    id: row.id,
    level: row.level,
    status: row.status,
    openedAt: row.opened_at.toISOString(),
    playbook: row.detail.playbook ?? null,
    exit: row.detail.exit ?? null,
    clusterRule: row.cluster_rule,
    summary: row.summary,
  };
}

export interface NewAlert {
  projectId: string;
  accountId: string;
  id: string;
  rule: string;
  level: AlertLevel;
  summary: string;
  detail: object;
  ownerRole: string;
  /** What it is about, for clusters. */
  cause: string;
  /** ISO 8601. */
  openedAt: string;
}

/** @returns false when the account and rule have an alert already */
export async function insertAlert(sql: SqlQueryable, alert: NewAlert): Promise<boolean> {
  const rows = await sql`
    INSERT INTO alerts (project_id, account_id, id, rule, level, status, summary, detail,
      owner_role, cause, opened_at, updated_at)
    VALUES (${alert.projectId}, ${alert.accountId}, ${alert.id}, ${alert.rule}, ${alert.level},
      'open', ${alert.summary}, ${JSON.stringify(alert.detail)}::text::jsonb,
      ${alert.ownerRole}, ${alert.cause}, ${alert.openedAt}::timestamptz, ${alert.openedAt}::timestamptz)
    ON CONFLICT DO NOTHING RETURNING 1`;
  return rows.length > 0;
}

export interface AlertUpdate {
  projectId: string;
  accountId: string;
  id: string;
  level: AlertLevel;
  status: AlertStatus;
  summary: string;
  /** Merged into the alert's detail. */
  detail: object;
  /** ISO 8601. */
  at: string;
}

export async function updateAlert(sql: SqlQueryable, update: AlertUpdate): Promise<void> {
  await sql`
    UPDATE alerts SET level = ${update.level}, status = ${update.status},
      summary = ${update.summary}, detail = detail || ${JSON.stringify(update.detail)}::text::jsonb,
      updated_at = ${update.at}::timestamptz,
      resolved_at = CASE WHEN ${update.status} = 'resolved' THEN ${update.at}::timestamptz END
    WHERE project_id = ${update.projectId} AND account_id = ${update.accountId}
      AND id = ${update.id}`;
}

/** Words an alert anew; nobody is told. */
export async function touchAlert(
  sql: SqlQueryable,
  alert: { projectId: string; accountId: string; id: string; summary: string; at: string },
): Promise<void> {
  await sql`
    UPDATE alerts SET summary = ${alert.summary}, updated_at = ${alert.at}::timestamptz
    WHERE project_id = ${alert.projectId} AND account_id = ${alert.accountId}
      AND id = ${alert.id}`;
}

export async function findAlertKey(
  sql: SqlQueryable,
  projectId: string,
  id: string,
): Promise<{ accountId: string; rule: string } | null> {
  const rows = await sql<{ accountId: string; rule: string }[]>`
    SELECT account_id AS "accountId", rule FROM alerts
    WHERE project_id = ${projectId} AND id = ${id}`;
  return rows[0] ?? null;
}

/** Somebody put an alert aside. Times are ISO 8601. */
export interface Snooze {
  at: string;
  until: string;
  /** Why. */
  note: string | null;
  by: string | null;
}

const MOST_SNOOZES = 20;

/** What a person did; nulls and absent fields change nothing. */
export interface ActionRecord {
  projectId: string;
  id: string;
  /** ISO 8601. */
  at: string;
  status: AlertStatus | null;
  assignee?: string | null;
  snoozedUntil?: string;
  /** Joins those before it, of which the latest are kept. */
  snooze?: Snooze;
  outcome?: string;
  note?: string | null;
}

/** Counts from the end: what is too much goes from the front. */
const withSnooze = (sql: SqlQueryable, snooze: Snooze) => sql`jsonb_set(
  detail, '{snoozes}', jsonb_path_query_array(
    coalesce(detail -> 'snoozes', '[]') || ${JSON.stringify([snooze])}::text::jsonb,
    ${`$[last - ${MOST_SNOOZES - 1} to last]`}::text::jsonpath))`;

export async function writeAction(sql: SqlQueryable, action: ActionRecord): Promise<void> {
  await sql`
    UPDATE alerts SET status = coalesce(${action.status}, status),
      assignee = coalesce(${action.assignee ?? null}, assignee),
      acknowledged_at = CASE WHEN ${action.status}::text = 'acknowledged'
        THEN coalesce(acknowledged_at, ${action.at}::timestamptz) ELSE acknowledged_at END,
      snoozed_until = ${action.snoozedUntil ?? null}::timestamptz,
      detail = ${action.snooze ? withSnooze(sql, action.snooze) : sql`detail`},
      outcome = coalesce(${action.outcome ?? null}, outcome),
      note = coalesce(${action.note ?? null}, note), updated_at = ${action.at}::timestamptz
    WHERE project_id = ${action.projectId} AND id = ${action.id}`;
}
