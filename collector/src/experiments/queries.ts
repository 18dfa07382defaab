import type { SqlQueryable } from "../db/client.ts";

/** One way of alerting; a null rule alerts nobody. */
export interface RuleVariant {
  key: string;
  share: number;
  rule: string | null;
}

export interface ExperimentRow {
  key: string;
  name: string;
  variants: RuleVariant[];
  baselineShare: number;
  targetShare: number;
  startedAt: Date;
  endedAt: Date | null;
}

const COLUMNS = `key, name, variants, baseline_share AS "baselineShare",
  target_share AS "targetShare", started_at AS "startedAt", ended_at AS "endedAt"`;

/** @returns false when the key is taken */
export async function insertExperiment(
  sql: SqlQueryable,
  projectId: string,
  experiment: Omit<ExperimentRow, "startedAt" | "endedAt"> & { startedAt: string },
): Promise<boolean> {
  const { key, name, variants, baselineShare, targetShare, startedAt } = experiment;
  const rows = await sql`
    INSERT INTO rule_experiments (project_id, key, name, variants, baseline_share, target_share,
      started_at)
    VALUES (${projectId}, ${key}, ${name}, ${JSON.stringify(variants)}::text::jsonb,
      ${baselineShare}, ${targetShare}, ${startedAt}::timestamptz)
    ON CONFLICT DO NOTHING RETURNING 1`;
  return rows.length > 0;
}

export async function readExperiments(
  sql: SqlQueryable,
  projectId: string,
): Promise<ExperimentRow[]> {
  return sql<ExperimentRow[]>`
    SELECT ${sql.unsafe(COLUMNS)} FROM rule_experiments WHERE project_id = ${projectId}
    ORDER BY started_at DESC, key`;
}

export async function findExperiment(
  sql: SqlQueryable,
  projectId: string,
  key: string,
): Promise<ExperimentRow | null> {
  const rows = await sql<ExperimentRow[]>`
    SELECT ${sql.unsafe(COLUMNS)} FROM rule_experiments
    WHERE project_id = ${projectId} AND key = ${key}`;
  return rows[0] ?? null;
}

export async function endExperiment(
  sql: SqlQueryable,
  projectId: string,
  { key, at }: { key: string; at: string },
): Promise<void> {
  await sql`
    UPDATE rule_experiments SET ended_at = ${at}::timestamptz
    WHERE project_id = ${projectId} AND key = ${key} AND ended_at IS NULL`;
}

/** An account that an experiment is about, and what became of it while it ran. */
export interface ExperimentAccount {
  accountId: string;
  hasChurned: boolean;
}

export async function readExperimentAccounts(
  sql: SqlQueryable,
  projectId: string,
  span: { from: string; until: string },
): Promise<ExperimentAccount[]> {
  return sql<ExperimentAccount[]>`
    SELECT account_id AS "accountId", account_id IN (
        SELECT account_id FROM outcomes
        WHERE project_id = ${projectId} AND kind = 'churned'
          AND occurred_on >= ${span.from}::timestamptz::date
          AND occurred_on <= ${span.until}::timestamptz::date
      ) AS "hasChurned"
    FROM accounts
    WHERE project_id = ${projectId} AND created_at <= ${span.from}::timestamptz`;
}

/** Alerts that rules opened in a span, by rule and account. */
export async function readAlertsOf(
  sql: SqlQueryable,
  projectId: string,
  span: { rules: string[]; from: string; until: string },
): Promise<{ rule: string; accountId: string }[]> {
  return sql<{ rule: string; accountId: string }[]>`
    SELECT rule, account_id AS "accountId" FROM alerts
    WHERE project_id = ${projectId} AND rule = ANY(${span.rules})
      AND opened_at >= ${span.from}::timestamptz AND opened_at <= ${span.until}::timestamptz`;
}
