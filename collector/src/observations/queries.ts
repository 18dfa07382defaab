import type { SqlQueryable } from "../db/client.ts";

/** An observation with all its fields. */
export interface ObservationRow {
  accountId: string;
  series: string;
  value: number;
  observedAt: string;
  source: string;
}

/**
 * Stores observations and makes sure that their accounts exist and are scored again. Rows and tables
 * have the order of the groups of events, so that nobody waits in a circle.
 */
export async function upsertObservations(
  sql: SqlQueryable,
  projectId: string,
  rows: ObservationRow[],
  now: string,
): Promise<void> {
  const accountIds = rows.map((row) => row.accountId);
  const times = rows.map((row) => row.observedAt);
  await sql`
    INSERT INTO observations (project_id, account_id, series, observed_at, value, source)
    SELECT DISTINCT ON (account_id, series, observed_at) ${projectId}::uuid, account_id, series,
      observed_at::timestamptz, value, source
    FROM unnest(${accountIds}::text[], ${rows.map((row) => row.series)}::text[], ${times}::text[],
      ${rows.map((row) => row.value)}::float8[], ${rows.map((row) => row.source)}::text[])
      WITH ORDINALITY AS row (account_id, series, observed_at, value, source, place)
    ORDER BY account_id, series, observed_at, place DESC
    ON CONFLICT (project_id, account_id, series, observed_at) DO UPDATE SET
      value = excluded.value, source = excluded.source`;
  await sql`
    INSERT INTO accounts (project_id, account_id, created_at, first_seen_at, last_seen_at)
    SELECT ${projectId}::uuid, account_id, min(at), min(at), max(at)
    FROM unnest(${accountIds}::text[], ${times}::text[]::timestamptz[]) AS row (account_id, at)
    GROUP BY account_id ORDER BY account_id COLLATE "C"
    ON CONFLICT DO NOTHING`;
  await sql`
    INSERT INTO rescore_queue (project_id, account_id, queued_at, reopen_from)
    SELECT ${projectId}::uuid, account_id, ${now}::timestamptz,
      min((at AT TIME ZONE time_zone)::date)
    FROM unnest(${accountIds}::text[], ${times}::text[]::timestamptz[]) AS row (account_id, at)
    JOIN projects ON projects.id = ${projectId}
    GROUP BY account_id ORDER BY account_id
    ON CONFLICT (project_id, account_id) DO UPDATE SET
      generation = rescore_queue.generation + 1,
      reopen_from = least(rescore_queue.reopen_from, excluded.reopen_from)`;
}
