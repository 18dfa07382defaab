import type { SqlQueryable } from "../db/client.ts";
import type { AlertLevel } from "./queries.ts";
import type { AlertRule, Trigger } from "./rule.ts";
import type { RuleState } from "./rule-state.ts";

interface RuleRow {
  key: string;
  name: string;
  trigger: Trigger;
  level: AlertLevel;
  is_enabled: boolean;
  notice_hours: number;
  cool_down_hours: number;
  escalate_after_hours: number | null;
  playbook_key: string | null;
}

const toRule = (row: RuleRow): AlertRule => ({
  key: row.key,
  name: row.name,
  trigger: row.trigger,
  level: row.level,
  isEnabled: row.is_enabled,
  noticeHours: row.notice_hours,
  coolDownHours: row.cool_down_hours,
  escalateAfterHours: row.escalate_after_hours,
  playbookKey: row.playbook_key,
});

export async function readRules(sql: SqlQueryable, projectId: string): Promise<AlertRule[]> {
  const rows = await sql<RuleRow[]>`
    SELECT key, name, trigger, level, is_enabled, notice_hours, cool_down_hours,
      escalate_after_hours, playbook_key
    FROM alert_rules WHERE project_id = ${projectId} ORDER BY created_at, key`;
  return rows.map(toRule);
}

export async function findRule(
  sql: SqlQueryable,
  projectId: string,
  key: string,
): Promise<AlertRule | null> {
  const rows = await sql<RuleRow[]>`
    SELECT key, name, trigger, level, is_enabled, notice_hours, cool_down_hours,
      escalate_after_hours, playbook_key
    FROM alert_rules WHERE project_id = ${projectId} AND key = ${key}`;
  return rows[0] ? toRule(rows[0]) : null;
}

/** @returns false when the key is taken */
export async function insertRule(
  sql: SqlQueryable,
  projectId: string,
  { rule, at }: { rule: AlertRule; at: string },
): Promise<boolean> {
  const rows = await sql`
    INSERT INTO alert_rules (project_id, key, name, trigger, level, is_enabled, notice_hours,
      cool_down_hours, escalate_after_hours, playbook_key, created_at, updated_at)
    VALUES (${projectId}, ${rule.key}, ${rule.name}, ${JSON.stringify(rule.trigger)}::text::jsonb,
      ${rule.level}, ${rule.isEnabled}, ${rule.noticeHours}, ${rule.coolDownHours},
      ${rule.escalateAfterHours}, ${rule.playbookKey}, ${at}::timestamptz, ${at}::timestamptz)
    ON CONFLICT DO NOTHING RETURNING 1`;
  return rows.length > 0;
}

export async function replaceRule(
  sql: SqlQueryable,
  projectId: string,
  { rule, at }: { rule: AlertRule; at: string },
): Promise<void> {
  await sql`
    UPDATE alert_rules SET name = ${rule.name}, level = ${rule.level},
      trigger = ${JSON.stringify(rule.trigger)}::text::jsonb, is_enabled = ${rule.isEnabled},
      notice_hours = ${rule.noticeHours}, cool_down_hours = ${rule.coolDownHours},
      escalate_after_hours = ${rule.escalateAfterHours}, playbook_key = ${rule.playbookKey},
      updated_at = ${at}::timestamptz
    WHERE project_id = ${projectId} AND key = ${rule.key}`;
}

export async function deleteRule(
  sql: SqlQueryable,
  projectId: string,
  key: string,
): Promise<boolean> {
  const rows = await sql`
    DELETE FROM alert_rules WHERE project_id = ${projectId} AND key = ${key} RETURNING 1`;
  await sql`DELETE FROM alert_rule_states WHERE project_id = ${projectId} AND rule = ${key}`;
  return rows.length > 0;
}

/** One process at a time runs a project's rule; the lock ends with the transaction. */
export async function tryLockRule(
  sql: SqlQueryable,
  projectId: string,
  rule: string,
): Promise<boolean> {
  const rows = await sql<{ is_mine: boolean }[]>`
    SELECT pg_try_advisory_xact_lock(hashtextextended(${`${projectId}/${rule}`}, 30)) AS is_mine`;
  return rows[0]?.is_mine ?? false;
}

/** Where all accounts stand that stand anywhere with a rule. */
export async function readStates(
  sql: SqlQueryable,
  projectId: string,
  rule: string,
): Promise<Map<string, RuleState>> {
  const rows = await sql<
    {
      account_id: string;
      met_since: Date | null;
      resolved_at: Date | null;
      handled_at: Date | null;
      is_open: boolean;
    }[]
  >`
    SELECT coalesce(state.account_id, alert.account_id) AS account_id, met_since,
      state.resolved_at, handled_at, alert.id IS NOT NULL AS is_open
    FROM (
      SELECT account_id, met_since, resolved_at, handled_at FROM alert_rule_states
      WHERE project_id = ${projectId} AND rule = ${rule}
    ) AS state
    FULL JOIN (
      SELECT account_id, id FROM alerts
      WHERE project_id = ${projectId} AND rule = ${rule} AND status <> 'resolved'
    ) AS alert ON alert.account_id = state.account_id`;
  return new Map(
    rows.map((row) => [
      row.account_id,
      {
        metSince: row.met_since?.getTime() ?? null,
        isOpen: row.is_open,
        resolvedAt: row.resolved_at?.getTime() ?? null,
        handledAt: row.handled_at?.getTime() ?? null,
      },
    ]),
  );
}

/** When an account's last alert of a rule ended, in milliseconds since the epoch; null: never. */
export async function findResolvedAt(
  sql: SqlQueryable,
  key: { projectId: string; accountId: string; rule: string },
): Promise<number | null> {
  const rows = await sql<{ resolved_at: Date | null }[]>`
    SELECT resolved_at FROM alert_rule_states
    WHERE project_id = ${key.projectId} AND account_id = ${key.accountId} AND rule = ${key.rule}`;
  return rows[0]?.resolved_at?.getTime() ?? null;
}

/** Keeps where accounts stand that have no open alert. */
export async function writeStates(
  sql: SqlQueryable,
  key: { projectId: string; rule: string },
  states: { accountId: string; state: RuleState }[],
): Promise<void> {
  if (states.length === 0) return;
  const times = (pick: (state: RuleState) => number | null) =>
    states.map(({ state }) => {
      const at = pick(state);
      return at === null ? null : new Date(at).toISOString();
    });
  await sql`
    INSERT INTO alert_rule_states (project_id, account_id, rule, met_since, handled_at)
    SELECT ${key.projectId}::uuid, account_id, ${key.rule}, met_since, handled_at
    FROM unnest(${states.map(({ accountId }) => accountId)}::text[],
      ${times(({ metSince }) => metSince)}::text[]::timestamptz[],
      ${times(({ handledAt }) => handledAt)}::text[]::timestamptz[])
      AS row (account_id, met_since, handled_at)
    ON CONFLICT (project_id, account_id, rule)
    DO UPDATE SET met_since = excluded.met_since, handled_at = excluded.handled_at`;
}

/** The end of an alert. */
export interface AlertEnd {
  projectId: string;
  accountId: string;
  rule: string;
  /** ISO 8601. */
  at: string;
  by: "rule" | "person";
}

/** Notes the end of an alert: the cool-down begins. */
export async function writeResolved(sql: SqlQueryable, end: AlertEnd): Promise<void> {
  const handledAt = end.by === "person" ? end.at : null;
  await sql`
    INSERT INTO alert_rule_states (project_id, account_id, rule, met_since, resolved_at, handled_at)
    VALUES (${end.projectId}, ${end.accountId}, ${end.rule}, NULL, ${end.at}::timestamptz,
      ${handledAt}::timestamptz)
    ON CONFLICT (project_id, account_id, rule) DO UPDATE SET met_since = NULL,
      resolved_at = excluded.resolved_at, handled_at = excluded.handled_at`;
}
