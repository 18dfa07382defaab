import type { SqlQueryable } from "../db/client.ts";

export interface NoiseRow {
  ownerRole: string;
  rule: string;
  alerts: number;
  ended: number;
  inaction: number;
}

/** Alerts since a moment by role and rule; members of a cluster count as the one that was told. */
export async function readNoise(
  sql: SqlQueryable,
  projectId: string,
  since: string,
): Promise<NoiseRow[]> {
  return sql<NoiseRow[]>`
    SELECT owner_role AS "ownerRole", rule, count(*)::int AS alerts,
      (count(*) FILTER (WHERE status = 'resolved'))::int AS ended,
      (count(*) FILTER (WHERE status = 'resolved' AND (
        outcome IN ('no_action', 'false_alarm')
        OR (outcome IS NULL AND acknowledged_at IS NULL)
      )))::int AS inaction
    FROM alerts
    WHERE project_id = ${projectId} AND opened_at >= ${since}::timestamptz
      AND cluster_rule IS NULL
    GROUP BY owner_role, rule ORDER BY count(*) DESC, rule`;
}
