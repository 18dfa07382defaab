import type { SqlQueryable } from "../db/client.ts";
import type { AlertLevel } from "./queries.ts";

const NAMED = 20;

/** The rule of the cluster alert of a rule and cause; no rule of a person may be called so. */
export function clusterKey(rule: string, cause: string): string {
  return `cluster:${rule}/${cause}`;
}

interface ClusterWish {
  projectId: string;
  rule: string;
  cause: string;
  /** ISO 8601. */
  at: string;
}

/** How many accounts opened a rule for a cause within a day, of how many with a score. */
export async function countForCluster(
  sql: SqlQueryable,
  { projectId, rule, cause, at }: ClusterWish,
): Promise<{ members: number; scored: number; names: string[] }> {
  const [row] = await sql<{ members: number; scored: number; names: string[] }[]>`
    SELECT count(*)::int AS members,
      (array_agg(account_id ORDER BY opened_at))[1:${NAMED}::int] AS names,
      (SELECT count(*)::int FROM account_health
        WHERE project_id = ${projectId} AND score IS NOT NULL) AS scored
    FROM alerts
    WHERE project_id = ${projectId} AND rule = ${rule} AND cause = ${cause}
      AND status <> 'resolved' AND account_id <> ''
      AND opened_at > ${at}::timestamptz - interval '24 hours'`;
  return { members: row?.members ?? 0, scored: row?.scored ?? 0, names: row?.names ?? [] };
}

export async function markMembers(
  sql: SqlQueryable,
  { projectId, rule, cause, at, key }: ClusterWish & { key: string },
): Promise<void> {
  await sql`
    UPDATE alerts SET cluster_rule = ${key}
    WHERE project_id = ${projectId} AND rule = ${rule} AND cause = ${cause}
      AND status <> 'resolved' AND account_id <> '' AND cluster_rule IS NULL
      AND opened_at > ${at}::timestamptz - interval '24 hours'`;
}

/** The version that was released within three days before, if any. */
export async function findRecentRelease(
  sql: SqlQueryable,
  projectId: string,
  at: string,
): Promise<string | null> {
  const rows = await sql<{ version: string }[]>`
    SELECT version FROM releases
    WHERE project_id = ${projectId} AND released_at <= ${at}::timestamptz
      AND released_at > ${at}::timestamptz - interval '3 days'
    ORDER BY released_at DESC LIMIT 1`;
  return rows[0]?.version ?? null;
}

/** A cluster alert that is not resolved. */
export interface OpenCluster {
  id: string;
  rule: string;
  level: AlertLevel;
  summary: string;
  openedAt: Date;
}

/** Cluster alerts whose accounts are all well again. */
export async function findEmptyClusters(
  sql: SqlQueryable,
  projectId: string,
): Promise<OpenCluster[]> {
  return sql<OpenCluster[]>`
    SELECT id, rule, level, summary, opened_at AS "openedAt" FROM alerts AS cluster
    WHERE project_id = ${projectId} AND account_id = '' AND rule LIKE 'cluster:%'
      AND status <> 'resolved'
      AND NOT EXISTS (
        SELECT 1 FROM alerts AS member
        WHERE member.project_id = ${projectId} AND member.cluster_rule = cluster.rule
          AND member.status <> 'resolved'
      )
    FOR UPDATE SKIP LOCKED`;
}
