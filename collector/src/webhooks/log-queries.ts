import type { SqlQueryable } from "../db/client.ts";

export interface LogRow {
  id: string;
  message_id: string;
  type: string;
  account_id: string;
  body: string;
  status: "pending" | "succeeded" | "failed" | "superseded";
  failure_reason: string | null;
  attempt_count: number;
  next_attempt_at: Date | null;
  created_at: Date;
  finished_at: Date | null;
}

export interface LogPage {
  projectId: string;
  endpointId: string;
  status: string | null;
  /** Position after which to go on: ISO 8601 and delivery id. */
  after: { createdAt: string; id: string } | null;
  limit: number;
}

const selectLog = (sql: SqlQueryable) => sql`
    SELECT delivery.id, message_id, message.type, message.account_id, message.body,
      delivery.status, failure_reason, attempt_count, next_attempt_at, delivery.created_at,
      finished_at
    FROM webhook_deliveries AS delivery
    JOIN webhook_messages AS message
      ON message.project_id = delivery.project_id AND message.id = delivery.message_id`;

/** Deliveries of an endpoint, newest first. */
export async function listDeliveries(sql: SqlQueryable, page: LogPage): Promise<LogRow[]> {
  const { after } = page;
  return sql<LogRow[]>`
    ${selectLog(sql)}
    WHERE delivery.project_id = ${page.projectId} AND endpoint_id = ${page.endpointId}
      ${page.status === null ? sql`` : sql`AND delivery.status = ${page.status}`}
      ${
        after === null
          ? sql``
          : sql`AND (delivery.created_at, delivery.id) < (${after.createdAt}::timestamptz, ${after.id}::uuid)`
      }
    ORDER BY delivery.created_at DESC, delivery.id DESC LIMIT ${page.limit}`;
}

export async function findDelivery(
  sql: SqlQueryable,
  key: { projectId: string; endpointId: string; id: string },
): Promise<LogRow | null> {
  const [row] = await sql<LogRow[]>`
    ${selectLog(sql)}
    WHERE delivery.project_id = ${key.projectId} AND endpoint_id = ${key.endpointId}
      AND delivery.id = ${key.id}`;
  return row ?? null;
}

export interface AttemptRow {
  delivery_id: string;
  attempt: number;
  started_at: Date;
  duration_ms: number;
  response_status: number | null;
  response_body: string | null;
  error: string | null;
}

export async function listAttempts(
  sql: SqlQueryable,
  projectId: string,
  deliveryIds: string[],
): Promise<AttemptRow[]> {
  return sql<AttemptRow[]>`
    SELECT delivery_id, attempt, started_at, duration_ms, response_status, response_body, error
    FROM webhook_attempts
    WHERE project_id = ${projectId} AND delivery_id = ANY(${deliveryIds}::uuid[])
    ORDER BY delivery_id, attempt`;
}

/** A new delivery of a stored message, due now. */
export async function insertDelivery(
  sql: SqlQueryable,
  delivery: { projectId: string; id: string; messageId: string; endpointId: string; at: string },
): Promise<void> {
  await sql`
    INSERT INTO webhook_deliveries (project_id, id, message_id, endpoint_id, status,
      next_attempt_at, created_at, is_replay)
    VALUES (${delivery.projectId}, ${delivery.id}, ${delivery.messageId}, ${delivery.endpointId},
      'pending', ${delivery.at}::timestamptz, ${delivery.at}::timestamptz, true)`;
}

/** Stores a message without any delivery. */
export async function insertLoneMessage(
  sql: SqlQueryable,
  message: { projectId: string; id: string; type: string; body: string; at: string },
): Promise<void> {
  await sql`
    INSERT INTO webhook_messages (project_id, id, type, body, created_at)
    VALUES (${message.projectId}, ${message.id}, ${message.type}, ${message.body},
      ${message.at}::timestamptz)`;
}

export interface Replay {
  projectId: string;
  endpointId: string;
  /** ISO 8601, both within. */
  from: string;
  to: string;
  /** Null: the types that the endpoint wants. */
  types: string[] | null;
  isUndeliveredOnly: boolean;
  at: string;
}

/**
 * Queues stored messages of a span again, in their order. What waits for this endpoint already is
 * not queued twice.
 *
 * @returns how many
 */
export async function insertReplay(sql: SqlQueryable, replay: Replay): Promise<number> {
  const { projectId, endpointId } = replay;
  const kept = replay.isUndeliveredOnly
    ? sql`existing.status IN ('pending', 'succeeded')`
    : sql`existing.status = 'pending'`;
  const rows = await sql`
    INSERT INTO webhook_deliveries (project_id, id, message_id, endpoint_id, status,
      next_attempt_at, created_at, is_replay)
    SELECT message.project_id, gen_random_uuid(), message.id, endpoint.id, 'pending',
      ${replay.at}::timestamptz, ${replay.at}::timestamptz, true
    FROM webhook_messages AS message
    JOIN webhook_endpoints AS endpoint
      ON endpoint.project_id = message.project_id AND endpoint.id = ${endpointId}
    WHERE message.project_id = ${projectId} AND message.type <> 'ping'
      AND message.created_at BETWEEN ${replay.from}::timestamptz AND ${replay.to}::timestamptz
      AND ${
        replay.types === null
          ? sql`(endpoint.types = '{}' OR message.type = ANY(endpoint.types))`
          : sql`message.type = ANY(${replay.types}::text[])`
      }
      AND NOT EXISTS (
        SELECT 1 FROM webhook_deliveries AS existing
        WHERE existing.project_id = message.project_id AND existing.message_id = message.id
          AND existing.endpoint_id = endpoint.id AND ${kept}
      )
    ORDER BY message.created_at, message.id
    RETURNING 1`;
  return rows.length;
}
