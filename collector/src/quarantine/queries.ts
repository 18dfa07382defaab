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

/** Takes a message for a replay, so that two replays do not send it twice. Null: done, or unknown. */
export async function claimReplay(
  sql: SqlQueryable,
  claim: { projectId: string; id: string; now: string },
): Promise<(RejectedRow & { circumstances: StoredCircumstances }) | null> {
  const rows = await sql<(RejectedRow & { circumstances: StoredCircumstances })[]>`
    UPDATE rejected_messages SET replayed_at = ${claim.now}::timestamptz
    WHERE project_id = ${claim.projectId} AND id = ${claim.id}::uuid AND replayed_at IS NULL
    RETURNING id, received_at AS "receivedAt", message_id AS "messageId", code, detail, payload,
      replayed_at AS "replayedAt", circumstances`;
  return rows[0] ?? null;
}

/** Puts a message that failed again back, with what is wrong now. */
export async function returnReplay(
  sql: SqlQueryable,
  row: { projectId: string; id: string; code: string; detail: string },
): Promise<void> {
  await sql`
    UPDATE rejected_messages SET replayed_at = NULL, code = ${row.code}, detail = ${row.detail}
    WHERE project_id = ${row.projectId} AND id = ${row.id}::uuid`;
}

/** Removes a message whose content must not be kept. */
export async function deleteRejected(
  sql: SqlQueryable,
  { projectId, id }: { projectId: string; id: string },
): Promise<void> {
  await sql`DELETE FROM rejected_messages WHERE project_id = ${projectId} AND id = ${id}::uuid`;
}

/** @returns how many were removed */
export async function deleteRejectedBefore(sql: SqlQueryable, before: string): Promise<number> {
  const result = await sql`
    DELETE FROM rejected_messages WHERE received_at < ${before}::timestamptz`;
  return result.count;
}
