import type { SqlQueryable } from "../db/client.ts";

/**
 * Counts a project's daily usage anew from its raw events, where these are all still there. Run it
 * in a transaction: ingestion waits until its end, which keeps the result exact.
 */
export async function rebuildUsage(sql: SqlQueryable, projectId: string): Promise<void> {
  await sql`SET LOCAL statement_timeout = 0`;
  await sql`LOCK TABLE events IN SHARE ROW EXCLUSIVE MODE`;
  const [first] = await sql<{ at: Date | null }[]>`
    SELECT min(occurred_at) AS at FROM events WHERE project_id = ${projectId}`;
  if (!first?.at) return;
  // Days before the first raw event have lost theirs to the retention, and stay as they are.
  await sql`
    DELETE FROM daily_usage WHERE project_id = ${projectId} AND last_at >= ${first.at.toISOString()}::timestamptz`;
  await sql`
    INSERT INTO daily_usage (project_id, account_id, day, user_id, event, subject, count,
      engaged_ms, last_at)
    SELECT owned.project_id,
      CASE WHEN owned.account_id <> '' THEN owned.account_id
        ELSE coalesce(users.first_account_id, '') END,
      (occurred_at AT TIME ZONE time_zone)::date, owned.user_id, event, subject, count(*),
      sum(engaged_ms), max(occurred_at)
    FROM (
      SELECT events.project_id, events.account_id, event, subject, engaged_ms, occurred_at, time_zone,
        CASE WHEN events.user_id <> '' THEN events.user_id
          ELSE coalesce(alias.user_id, 'anon:' || events.anonymous_id) END AS user_id
      FROM events
      JOIN projects ON projects.id = events.project_id
      LEFT JOIN user_aliases AS alias ON events.user_id = ''
        AND alias.project_id = events.project_id AND alias.anonymous_id = events.anonymous_id
      WHERE events.project_id = ${projectId} AND type IN ('track', 'page', 'screen') AND NOT is_bot
    ) AS owned
    LEFT JOIN users ON owned.account_id = ''
      AND users.project_id = owned.project_id AND users.user_id = owned.user_id
    GROUP BY 1, 2, 3, 4, 5, 6
    ON CONFLICT (project_id, account_id, day, user_id, event, subject) DO UPDATE SET
      count = daily_usage.count + excluded.count,
      engaged_ms = daily_usage.engaged_ms + excluded.engaged_ms,
      last_at = greatest(daily_usage.last_at, excluded.last_at)`;
}
