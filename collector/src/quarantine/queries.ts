import type { SqlQueryable } from "../db/client.ts";
import type { Claims } from "../ingest/batch-proofs.ts";

/** What a replay needs besides the message. */
export interface StoredCircumstances {
  sentAtMs?: number;
  isImport?: boolean;
  isBot?: boolean;
  context?: Record<string, unknown>;
  /** What was proved for it; null: nothing; absent: no proof was asked for. */
  claims?: Claims | null;
}

/** A message that could not be stored. */
export interface RejectedMessage {
  projectId: string;
  id: string;
  /** ISO 8601. */
  receivedAt: string;
  messageId: string | null;
  code: string;
  detail: string;
  /** The message as JSON text, perhaps cut. */
  payload: string;
  circumstances: StoredCircumstances;
}

const column = <Value>(
  rows: readonly RejectedMessage[],
  pick: (row: RejectedMessage) => Value,
): Value[] => rows.map(pick);

export async function insertRejected(
  sql: SqlQueryable,
  rejected: RejectedMessage[],
): Promise<void> {
  await sql`
    INSERT INTO rejected_messages (project_id, id, received_at, message_id, code, detail, payload,
      circumstances)
    SELECT project_id, id, received_at, message_id, code, detail, payload, circumstances::jsonb
    FROM unnest(
      ${column(rejected, (row) => row.projectId)}::uuid[],
      ${column(rejected, (row) => row.id)}::uuid[],
      ${column(rejected, (row) => row.receivedAt)}::text[]::timestamptz[],
      ${column(rejected, (row) => row.messageId)}::text[],
      ${column(rejected, (row) => row.code)}::text[],
      ${column(rejected, (row) => row.detail)}::text[],
      ${column(rejected, (row) => row.payload)}::text[],
      ${column(rejected, (row) => JSON.stringify(row.circumstances))}::text[]
    ) AS row (project_id, id, received_at, message_id, code, detail, payload, circumstances)`;
}

/** For what messages with these ids were refused before, and not replayed since. */
export async function findRefusals(
  sql: SqlQueryable,
  projectId: string,
  messageIds: string[],
): Promise<Map<string, Set<string>>> {
  const rows = await sql<{ message_id: string; codes: string[] }[]>`
    SELECT message_id, array_agg(DISTINCT code) AS codes FROM rejected_messages
    WHERE project_id = ${projectId} AND message_id = ANY(${messageIds}::text[])
      AND replayed_at IS NULL
    GROUP BY message_id`;
  return new Map(rows.map(({ message_id, codes }) => [message_id, new Set(codes)]));
}

/** A message that could not be stored. */
export interface RejectedRow {
  id: string;
  receivedAt: Date;
  messageId: string | null;
  code: string;
  detail: string;
  payload: string;
  replayedAt: Date | null;
}

/** Newest first; `before` is the id that the page before ended with. */
export async function listRejectedRows(
  sql: SqlQueryable,
  filter: { projectId: string; code: string | null; before: string | null; limit: number },
): Promise<RejectedRow[]> {
  return sql<RejectedRow[]>`
    SELECT id, received_at AS "receivedAt", message_id AS "messageId", code, detail, payload,
      replayed_at AS "replayedAt"
    FROM rejected_messages
    WHERE project_id = ${filter.projectId}
      AND (${filter.code}::text IS NULL OR code = ${filter.code})
      AND (${filter.before}::uuid IS NULL OR id < ${filter.before}::uuid)
    ORDER BY id DESC LIMIT ${filter.limit}`;
}

/**
 * Messages that wait for a replay, oldest first, and how many there are.
 *
 * @param except - a reason that is not asked for
 */
export async function findWaiting(
  sql: SqlQueryable,
  filter: {
    projectId: string;
    code: string | null;
    except: string | null;
    after: string | null;
    limit: number;
  },
): Promise<{ ids: string[]; count: number }> {
  const rows = await sql<{ id: string; count: number }[]>`
    SELECT id, (count(*) OVER ())::int AS count FROM rejected_messages
    WHERE project_id = ${filter.projectId} AND replayed_at IS NULL
      AND (${filter.code}::text IS NULL OR code = ${filter.code})
      AND (${filter.except}::text IS NULL OR code <> ${filter.except})
      AND (${filter.after}::uuid IS NULL OR id > ${filter.after}::uuid)
    ORDER BY id LIMIT ${filter.limit}`;
  return { ids: rows.map(({ id }) => id), count: rows[0]?.count ?? 0 };
}

/** A message that waits for a replay. Null: done, or unknown. */
export async function findRejected(
  sql: SqlQueryable,
  projectId: string,
  id: string,
): Promise<(RejectedRow & { circumstances: StoredCircumstances }) | null> {
  const rows = await sql<(RejectedRow & { circumstances: StoredCircumstances })[]>`
    SELECT id, received_at AS "receivedAt", message_id AS "messageId", code, detail, payload,
      replayed_at AS "replayedAt", circumstances
    FROM rejected_messages
    WHERE project_id = ${projectId} AND id = ${id}::uuid AND replayed_at IS NULL`;
  return rows[0] ?? null;
}

/** Notes that a message is stored now. */
export async function noteReplay(
  sql: SqlQueryable,
  row: { projectId: string; id: string; now: string },
): Promise<void> {
  await sql`
    UPDATE rejected_messages SET replayed_at = ${row.now}::timestamptz
    WHERE project_id = ${row.projectId} AND id = ${row.id}::uuid AND replayed_at IS NULL`;
}

/** Notes what is wrong with a message now, which goes on waiting. */
export async function noteFault(
  sql: SqlQueryable,
  row: { projectId: string; id: string; code: string; detail: string },
): Promise<void> {
  await sql`
    UPDATE rejected_messages SET code = ${row.code}, detail = ${row.detail}
    WHERE project_id = ${row.projectId} AND id = ${row.id}::uuid AND replayed_at IS NULL`;
}

/** Removes messages whose content must not be kept. */
export async function deleteRejected(
  sql: SqlQueryable,
  projectId: string,
  ids: string[],
): Promise<void> {
  await sql`
    DELETE FROM rejected_messages WHERE project_id = ${projectId} AND id = ANY(${ids}::uuid[])`;
}

/** Messages in which one of these ids stands as a JSON value or a field, in portions. */
export function findMentions(
  sql: SqlQueryable,
  projectId: string,
  ids: string[],
): AsyncIterable<{ id: string; payload: string; context: unknown }[]> {
  // Numbers are ids as well; jsonb is written with a space after the colon.
  const marks = ids.flatMap((id) => [JSON.stringify(id), `:${id}`, `: ${id}`]);
  return sql<{ id: string; payload: string; context: unknown }[]>`
    SELECT id, payload, circumstances->'context' AS context FROM rejected_messages
    WHERE project_id = ${projectId} AND EXISTS (SELECT 1 FROM unnest(${marks}::text[]) AS mark
      WHERE strpos(payload, mark) > 0 OR strpos(circumstances::text, mark) > 0)`.cursor(100);
}

/** What these people proved counts as not proved. */
export async function forgetProofs(
  sql: SqlQueryable,
  projectId: string,
  ids: string[],
): Promise<void> {
  await sql`
    UPDATE rejected_messages SET circumstances = jsonb_set(circumstances, '{claims}', 'null')
    WHERE project_id = ${projectId} AND circumstances->'claims'->>'sub' = ANY(${ids}::text[])`;
}

/** Which of these ids, of users or visitors, belong to people who were erased. */
export async function findErased(
  sql: SqlQueryable,
  projectId: string,
  ids: string[],
): Promise<Set<string>> {
  const rows = await sql<{ id: string }[]>`
    SELECT id FROM unnest(${ids}::text[]) AS id
    WHERE EXISTS (SELECT 1 FROM erased_people WHERE project_id = ${projectId} AND person_hash IN (
      sha256(convert_to('user:' || id, 'UTF8')), sha256(convert_to('anon:' || id, 'UTF8'))))`;
  return new Set(rows.map(({ id }) => id));
}

/** @returns how many were removed */
export async function deleteRejectedBefore(sql: SqlQueryable, before: string): Promise<number> {
  const result = await sql`
    DELETE FROM rejected_messages WHERE received_at < ${before}::timestamptz`;
  return result.count;
}
