import type { SqlQueryable } from "../db/client.ts";

/** A feature as its use shows it. */
export interface FeatureRow {
  key: string;
  firstDay: string;
  lastDay: string;
  /** Over the last 28 days. */
  accounts: number;
  users: number;
  uses: number;
}

/** @param today - calendar day in the project's time zone */
export async function readFeatures(
  sql: SqlQueryable,
  projectId: string,
  today: string,
): Promise<FeatureRow[]> {
  return sql<FeatureRow[]>`
    SELECT subject AS key, min(day)::text AS "firstDay", max(day)::text AS "lastDay",
      count(DISTINCT account_id) FILTER (WHERE day > ${today}::text::date - 28)::int AS accounts,
      count(DISTINCT user_id) FILTER (WHERE day > ${today}::text::date - 28)::int AS users,
      coalesce(sum(count) FILTER (WHERE day > ${today}::text::date - 28), 0)::float8 AS uses
    FROM daily_usage
    WHERE project_id = ${projectId} AND event = 'Feature Used' AND account_id <> ''
    GROUP BY subject ORDER BY subject`;
}

export async function isFeatureKnown(
  sql: SqlQueryable,
  projectId: string,
  feature: string,
): Promise<boolean> {
  const rows = await sql`
    SELECT 1 FROM daily_usage WHERE project_id = ${projectId} AND event = 'Feature Used'
      AND subject = ${feature} AND account_id <> '' LIMIT 1`;
  return rows.length > 0;
}
