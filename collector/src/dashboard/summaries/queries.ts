import type { Sql } from "../../db/client.ts";

/** When the project's summary was last begun; null before the first. */
export async function findSummaryRun(sql: Sql, projectId: string): Promise<Date | null> {
  const [row] = await sql<{ startedAt: Date }[]>`
    SELECT started_at AS "startedAt" FROM usage_summary_runs WHERE project_id = ${projectId}`;
  return row?.startedAt ?? null;
}

export async function recordSummaryRun(sql: Sql, projectId: string, at: string): Promise<void> {
  await sql`
    INSERT INTO usage_summary_runs (project_id, started_at) VALUES (${projectId}, ${at}::timestamptz)
    ON CONFLICT (project_id) DO UPDATE SET started_at = excluded.started_at`;
}

/**
 * A page of accounts in the order of their ids, those seen or scored since a moment: what is
 * imported was seen long ago, and is scored when it comes.
 */
export async function findAccountsChangedSince(
  sql: Sql,
  projectId: string,
  page: { since: string | null; after: string; limit: number },
): Promise<string[]> {
  const rows = await sql<{ accountId: string }[]>`
    SELECT account_id AS "accountId" FROM accounts
    WHERE project_id = ${projectId} AND account_id > ${page.after}
      AND ${
        page.since === null
          ? sql`true`
          : sql`(last_seen_at > ${page.since}::timestamptz OR EXISTS (
              SELECT FROM account_health h WHERE h.project_id = ${projectId}
                AND h.account_id = accounts.account_id AND h.as_of > ${page.since}::timestamptz))`
      }
    ORDER BY account_id LIMIT ${page.limit}`;
  return rows.map(({ accountId }) => accountId);
}

/** Sums up the use of some accounts anew. */
export async function summariseAccounts(
  sql: Sql,
  projectId: string,
  span: { accountIds: string[]; since: string; monthAgo: string },
): Promise<void> {
  const { accountIds, since, monthAgo } = span;
  await sql.begin(async (tx) => {
    await tx`
      DELETE FROM usage_summaries
      WHERE project_id = ${projectId} AND account_id = ANY(${accountIds}::text[])`;
    await tx`
      INSERT INTO usage_summaries (project_id, account_id, event, subject, first_day, last_day, days,
        users, count)
      SELECT project_id, account_id, event, subject, min(day), max(day),
        count(DISTINCT day) FILTER (WHERE day > ${monthAgo}::text::date),
        count(DISTINCT user_id) FILTER (WHERE day > ${monthAgo}::text::date),
        coalesce(sum(count) FILTER (WHERE day > ${monthAgo}::text::date), 0)
      FROM daily_usage
      WHERE project_id = ${projectId} AND account_id = ANY(${accountIds}::text[])
        AND day > ${since}::text::date AND subject <> ''
        AND event IN ('Feature Used', 'Task Started', 'Task Completed', 'Task Failed', 'Friction')
      GROUP BY project_id, account_id, event, subject
      ON CONFLICT DO NOTHING`;
  });
}
