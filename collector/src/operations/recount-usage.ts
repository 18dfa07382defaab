import type { SqlQueryable } from "../db/client.ts";

/** A row of daily usage that does not equal its recount from the raw events. */
export interface UsageDifference {
  projectId: string;
  accountId: string;
  day: string;
  userId: string;
  event: string;
  subject: string;
  /** What daily usage says; 0 where it has no row. */
  count: number;
  /** What the raw events say. */
  recount: number;
  engagedMs: number;
  recountEngagedMs: number;
}

interface RecountScope {
  /** Absent: all projects. */
  projectId?: string;
  /** Days before have lost raw events to the retention, and are not compared; `2026-01-31`. */
  fromDay?: string;
  /** Most differences to return. */
  limit?: number;
}

/**
 * Counts the raw events anew and compares: daily usage must always equal them. Who an event belongs
 * to is read as ingestion reads it: an anonymous visitor is the user it became, and what nobody's
 * account got belongs to the first account of the user.
 *
 * @returns the rows that differ; empty when all is exact
 */
export async function recountUsage(
  sql: SqlQueryable,
  { projectId, fromDay, limit = 100 }: RecountScope = {},
): Promise<UsageDifference[]> {
  return sql<UsageDifference[]>`
    WITH owned AS (
      SELECT events.project_id,
        CASE WHEN events.user_id <> '' THEN events.user_id
          ELSE coalesce(alias.user_id, 'anon:' || events.anonymous_id) END AS user_id,
        events.account_id, (occurred_at AT TIME ZONE time_zone)::date AS day, event, subject,
        engaged_ms, occurred_at
      FROM events
      JOIN projects ON projects.id = events.project_id
      LEFT JOIN user_aliases AS alias ON events.user_id = ''
        AND alias.project_id = events.project_id AND alias.anonymous_id = events.anonymous_id
      WHERE type IN ('track', 'page', 'screen') AND NOT is_bot
        AND (${projectId ?? null}::uuid IS NULL OR events.project_id = ${projectId ?? null}::uuid)
    ), recounted AS (
      SELECT owned.project_id,
        CASE WHEN owned.account_id <> '' THEN owned.account_id
          ELSE coalesce(users.first_account_id, '') END AS account_id,
        day, owned.user_id, event, subject, count(*) AS count, sum(engaged_ms) AS engaged_ms,
        max(occurred_at) AS last_at
      FROM owned LEFT JOIN users ON owned.account_id = ''
        AND users.project_id = owned.project_id AND users.user_id = owned.user_id
      GROUP BY 1, 2, 3, 4, 5, 6
    ), kept AS (
      SELECT * FROM daily_usage
      WHERE ${projectId ?? null}::uuid IS NULL OR project_id = ${projectId ?? null}::uuid
    )
    SELECT project_id AS "projectId", account_id AS "accountId", day::text, user_id AS "userId",
      event, subject, coalesce(kept.count, 0)::float8 AS count,
      coalesce(recounted.count, 0)::float8 AS recount,
      coalesce(kept.engaged_ms, 0)::float8 AS "engagedMs",
      coalesce(recounted.engaged_ms, 0)::float8 AS "recountEngagedMs"
    FROM kept FULL JOIN recounted
      USING (project_id, account_id, day, user_id, event, subject)
    WHERE (kept.count IS DISTINCT FROM recounted.count
        OR kept.engaged_ms IS DISTINCT FROM recounted.engaged_ms
        OR kept.last_at IS DISTINCT FROM recounted.last_at)
      AND (${fromDay ?? null}::date IS NULL OR day >= ${fromDay ?? null}::date)
    ORDER BY 1, 2, 3, 4, 5, 6 LIMIT ${limit}`;
}
