import type { SqlQueryable } from "../db/client.ts";

/** Accounts by their ids in a foreign system. */
export async function findByExternalIds(
  sql: SqlQueryable,
  projectId: string,
  { system, ids }: { system: string; ids: string[] },
): Promise<Map<string, string>> {
  const rows = await sql<{ external: string; accountId: string }[]>`
    SELECT external_ids ->> ${system} AS external, account_id AS "accountId" FROM accounts
    WHERE project_id = ${projectId} AND external_ids ->> ${system} = ANY(${ids})
    ORDER BY account_id`;
  return new Map(rows.map((row) => [row.external, row.accountId]));
}

/** Accounts by users who belong to them. */
export async function findByUsers(
  sql: SqlQueryable,
  projectId: string,
  ids: string[],
): Promise<Map<string, string>> {
  const rows = await sql<{ userId: string; accountId: string }[]>`
    SELECT user_id AS "userId", account_id AS "accountId" FROM users
    WHERE project_id = ${projectId} AND user_id = ANY(${ids}) AND account_id IS NOT NULL`;
  return new Map(rows.map((row) => [row.userId, row.accountId]));
}

/** An answer that was given elsewhere. */
export interface ForeignResponse {
  accountId: string;
  /** Made of the source and the answer's own id, so that it is stored once. */
  impressionId: string;
  userId: string;
  measure: string;
  value: number;
  value100: number;
  text: string | null;
  answeredAt: string;
}

/** Stores answers, each once, and has their accounts scored again. */
export async function insertForeignResponses(
  sql: SqlQueryable,
  source: { projectId: string; sourceId: string; now: string },
  rows: ForeignResponse[],
): Promise<void> {
  const of = <Value>(pick: (row: ForeignResponse) => Value): Value[] => rows.map(pick);
  await sql`
    INSERT INTO survey_responses (project_id, account_id, impression_id, question_id, survey_id,
      user_id, measure, value, value_100, text, answered_at)
    SELECT ${source.projectId}::uuid, account_id, impression_id, 'external',
      ${source.sourceId}::uuid, user_id, measure, value, value_100, text, answered_at
    FROM unnest(${of((row) => row.accountId)}::text[], ${of((row) => row.impressionId)}::uuid[],
      ${of((row) => row.userId)}::text[], ${of((row) => row.measure)}::text[],
      ${of((row) => row.value)}::float8[], ${of((row) => row.value100)}::float8[],
      ${of((row) => row.text)}::text[], ${of((row) => row.answeredAt)}::text[]::timestamptz[])
      AS row (account_id, impression_id, user_id, measure, value, value_100, text, answered_at)
    ON CONFLICT DO NOTHING`;
  await sql`
    INSERT INTO rescore_queue (project_id, account_id, queued_at, reopen_from)
    SELECT ${source.projectId}::uuid, account_id, ${source.now}::timestamptz,
      min((at AT TIME ZONE time_zone)::date)
    FROM unnest(${of((row) => row.accountId)}::text[],
      ${of((row) => row.answeredAt)}::text[]::timestamptz[]) AS row (account_id, at)
    JOIN projects ON projects.id = ${source.projectId}
    GROUP BY account_id ORDER BY account_id
    ON CONFLICT (project_id, account_id) DO UPDATE SET
      generation = rescore_queue.generation + 1,
      reopen_from = least(rescore_queue.reopen_from, excluded.reopen_from)`;
}
