import type { Tier } from "@telltale/protocol";
import type { SqlQueryable } from "../db/client.ts";

/** Alerts of a span; members of a cluster count as the one that was told. */
export interface DigestCounts {
  opened: number;
  escalated: number;
  resolved: number;
  /** At its end. */
  unresolved: number;
  /** Of these, the open ones whose playbook's first step was due. */
  overdue: number;
}

/** Counts between two moments, ISO 8601; `to` is now. */
export async function countAlertsBetween(
  sql: SqlQueryable,
  projectId: string,
  { from, to }: { from: string; to: string },
): Promise<DigestCounts> {
  const [row] = await sql<[DigestCounts]>`
    SELECT (count(*) FILTER (WHERE opened_at >= ${from}::timestamptz))::int AS opened,
      (count(*) FILTER (WHERE escalated_at >= ${from}::timestamptz))::int AS escalated,
      (count(*) FILTER (WHERE resolved_at >= ${from}::timestamptz))::int AS resolved,
      (count(*) FILTER (WHERE status <> 'resolved'))::int AS unresolved,
      (count(*) FILTER (WHERE status = 'open'
        AND (detail -> 'playbook' ->> 'dueAt')::timestamptz < ${to}::timestamptz))::int AS overdue
    FROM alerts WHERE project_id = ${projectId} AND cluster_rule IS NULL
      AND (status <> 'resolved' OR resolved_at >= ${from}::timestamptz
        OR opened_at >= ${from}::timestamptz)`;
  return row;
}

/** Where accounts stood then, if they had a score in the week before, and where they stand now. */
export async function readTierMoves(
  sql: SqlQueryable,
  projectId: string,
  from: string,
): Promise<{ from: Tier; to: Tier; accounts: number }[]> {
  return sql<{ from: Tier; to: Tier; accounts: number }[]>`
    WITH before AS (
      SELECT DISTINCT ON (account_id) account_id, tier FROM scores
      WHERE project_id = ${projectId} AND day <= ${from}::timestamptz::date
        AND day > ${from}::timestamptz::date - 7
      ORDER BY account_id, day DESC
    )
    SELECT before.tier AS "from", health.tier AS "to", count(*)::int AS accounts
    FROM before JOIN account_health AS health
      ON health.project_id = ${projectId} AND health.account_id = before.account_id
    WHERE before.tier <> health.tier
    GROUP BY 1, 2 ORDER BY count(*) DESC, 1, 2`;
}
