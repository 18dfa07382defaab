/** Fills a project with events of the past two months, through the real tables and partitions. */

import { ensurePartitions } from "../../collector/dist/operations/partitions.js";

const CHUNK = 500_000;
const DAY_MS = 86_400_000;
const DAYS = 60;
const USERS = 10_000;
const ACCOUNTS = 1_000;

/**
 * @param {number} count events that the project has afterwards
 * @param {(done: number) => void} tell
 */
export async function fill(sql, count, tell) {
  const endMs = Date.now();
  const startMs = endMs - DAYS * DAY_MS;
  await ensurePartitions(sql, startMs);
  await ensurePartitions(sql, endMs);
  const [{ id: projectId }] = await sql`SELECT id FROM projects LIMIT 1`;
  const stepMs = (endMs - startMs) / count;
  for (let from = 0; from < count; from += CHUNK) {
    const to = Math.min(count, from + CHUNK);
    await sql.begin(async (tx) => {
      const numbered = tx`
        SELECT n, to_timestamp(ms / 1000.0) AS at, lpad(to_hex(ms), 12, '0') AS time,
          n % ${USERS} AS person, (ARRAY['Report Opened', 'Export Done', 'Invoice Sent',
            'Filter Changed', 'User Invited'])[1 + n % 5] AS event
        FROM (SELECT n, (${startMs}::float8 + n * ${stepMs}::float8)::bigint AS ms
          FROM generate_series(${from}::bigint, ${to - 1}::bigint) AS n) AS timed`;
      await tx`
        INSERT INTO events (project_id, event_id, message_id, type, event, account_id, user_id,
          session_id, occurred_at, received_at, properties, context)
        SELECT ${projectId}::uuid, id::uuid, id, 'track', event, 'account-' || person % ${ACCOUNTS},
          'user-' || person, 'session-' || person, at, at,
          jsonb_build_object('plan', 'pro', 'rows', n % 97, 'path', '/reports/' || n % 13),
          jsonb_build_object('groupId', 'account-' || person % ${ACCOUNTS}, 'sessionId', 'session-' || person,
            'page', jsonb_build_object('path', '/reports', 'title', 'Reports'),
            'library', jsonb_build_object('name', 'bench', 'version', '1'))
        FROM (SELECT *, left(time, 8) || '-' || right(time, 4) || '-7' || lpad(to_hex(n % 4096), 3, '0') ||
          '-8000-' || lpad(to_hex(n), 12, '0') AS id FROM (${numbered}) AS numbered) AS named`;
      await tx`
        INSERT INTO daily_usage (project_id, account_id, day, user_id, event, subject, count,
          engaged_ms, last_at)
        SELECT ${projectId}::uuid, 'account-' || person % ${ACCOUNTS}, (at AT TIME ZONE 'UTC')::date,
          'user-' || person, event, '', count(*), 0, max(at)
        FROM (${numbered}) AS numbered GROUP BY 2, 3, 4, 5
        ON CONFLICT (project_id, account_id, day, user_id, event, subject) DO UPDATE SET
          count = daily_usage.count + excluded.count,
          last_at = greatest(daily_usage.last_at, excluded.last_at)`;
    });
    tell(to);
  }
  // What autovacuum would do later, in the middle of a measurement.
  await sql`VACUUM (ANALYZE) events`;
  await sql`VACUUM (ANALYZE) daily_usage`;
  await sql`CHECKPOINT`;
}
