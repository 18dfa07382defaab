import type { SqlQueryable } from "../db/client.ts";
import type { FormatName } from "./formats/format.ts";
import type { FieldMap } from "./formats/message-values.ts";
import type { FailureReason } from "./judge-attempt.ts";

/** A delivery that this process may try now. */
export interface ClaimedDelivery {
  project_id: string;
  id: string;
  endpoint_id: string;
  message_id: string;
  type: string;
  body: string;
  /** The attempt that begins, from 1. */
  attempt: number;
  next_attempt_at: Date;
  /** ISO 8601; proves that this process still holds it. */
  leased_until: Date;
  url: string;
  secret_encrypted: Buffer;
  previous_secret_encrypted: Buffer | null;
  previous_secret_expires_at: Date | null;
  first_failed_at: Date | null;
  format: FormatName;
  field_map: FieldMap | null;
  credentials_encrypted: Buffer | null;
  /** The same endpoint has got, or will get, a newer state of the account. */
  is_superseded: boolean;
}

export interface Claim {
  /** ISO 8601. */
  now: string;
  /** ISO 8601; from then on another process may take what this one did not finish. */
  leasedUntil: string;
  /** Most deliveries in all. */
  limit: number;
  /** Most deliveries of an endpoint that `rooms` does not name. */
  defaultRoom: number;
  rooms: ReadonlyMap<string, number>;
}

/**
 * Takes due deliveries, oldest first within each endpoint. Looking endpoint by endpoint keeps a long
 * queue of one from hiding the others; `SKIP LOCKED` and the repeated conditions keep two processes
 * from taking the same. A lease that is lost with a crashed server does no harm, so nobody waits for
 * the disk.
 */
export async function claimDeliveries(
  sql: SqlQueryable,
  { now, leasedUntil, limit, defaultRoom, rooms }: Claim,
): Promise<ClaimedDelivery[]> {
  const mostRoom = Math.max(defaultRoom, ...rooms.values());
  return sql<ClaimedDelivery[]>`
    WITH relaxed AS MATERIALIZED (
      SELECT set_config('synchronous_commit', 'off', true)
    ), candidate AS (
      SELECT due.id, due.project_id FROM webhook_endpoints AS endpoint
      LEFT JOIN unnest(${[...rooms.keys()]}::uuid[], ${[...rooms.values()]}::int[])
        AS lane (id, room) ON lane.id = endpoint.id
      CROSS JOIN LATERAL (
        SELECT id, project_id, row_number() OVER (ORDER BY next_attempt_at) AS place FROM (
          SELECT id, project_id, next_attempt_at FROM webhook_deliveries
          WHERE endpoint_id = endpoint.id AND status = 'pending'
            AND next_attempt_at <= ${now}::timestamptz
            AND (leased_until IS NULL OR leased_until <= ${now}::timestamptz)
          ORDER BY next_attempt_at LIMIT ${mostRoom}
        ) AS first
      ) AS due
      WHERE endpoint.status = 'enabled'
        AND due.place <= coalesce(lane.room, ${defaultRoom}::int)
      LIMIT ${limit}
    ), taken AS (
      SELECT delivery.project_id, delivery.id FROM webhook_deliveries AS delivery
      JOIN candidate ON candidate.project_id = delivery.project_id AND candidate.id = delivery.id
      WHERE delivery.status = 'pending' AND delivery.next_attempt_at <= ${now}::timestamptz
        AND (delivery.leased_until IS NULL OR delivery.leased_until <= ${now}::timestamptz)
      FOR UPDATE OF delivery SKIP LOCKED
    ), leased AS (
      UPDATE webhook_deliveries AS delivery
      SET leased_until = ${leasedUntil}::timestamptz
      FROM taken WHERE delivery.project_id = taken.project_id AND delivery.id = taken.id
      RETURNING delivery.*
    )
    SELECT leased.project_id, leased.id, leased.endpoint_id, leased.message_id, message.type,
      message.body, leased.attempt_count + 1 AS attempt, leased.next_attempt_at,
      leased.leased_until, endpoint.url, endpoint.secret_encrypted,
      endpoint.previous_secret_encrypted, endpoint.previous_secret_expires_at,
      endpoint.first_failed_at, endpoint.format, endpoint.field_map,
      endpoint.credentials_encrypted,
      CASE WHEN message.sequence IS NULL THEN false
        WHEN endpoint.format IN ('standard', 'slack')
          AND (message.type <> 'account.score_changed' OR leased.is_replay) THEN false
        ELSE EXISTS (
          SELECT 1 FROM webhook_messages AS newer
          JOIN webhook_deliveries AS other ON other.project_id = newer.project_id
            AND other.message_id = newer.id AND other.endpoint_id = leased.endpoint_id
          WHERE newer.project_id = message.project_id AND newer.account_id = message.account_id
            AND newer.sequence > message.sequence
            AND (newer.type = message.type OR endpoint.format NOT IN ('standard', 'slack'))
            AND other.status IN ('pending', 'succeeded')
        ) END AS is_superseded
    FROM leased CROSS JOIN relaxed
    JOIN webhook_messages AS message
      ON message.project_id = leased.project_id AND message.id = leased.message_id
    JOIN webhook_endpoints AS endpoint
      ON endpoint.project_id = leased.project_id AND endpoint.id = leased.endpoint_id
    ORDER BY leased.next_attempt_at`;
}

/** How an attempt ended. Times are ISO 8601. */
export interface AttemptRecord {
  projectId: string;
  deliveryId: string;
  endpointId: string;
  /** How many there have been now. */
  attempt: number;
  /** The lease that it ran under. */
  leasedUntil: string;
  startedAt: string;
  /** Null when nothing was sent; then there is no attempt to log. */
  durationMs: number | null;
  responseStatus: number | null;
  responseBody: string;
  error: string | null;
  status: "succeeded" | "pending" | "failed" | "superseded";
  failureReason: FailureReason | null;
  nextAttemptAt: string | null;
  endedAt: string;
}

/**
 * Records attempts and where they leave their deliveries. A process whose lease went to another
 * changes nothing any more. What is lost with a crashed server is sent again, as it must be anyway,
 * so nobody waits for the disk.
 */
export async function recordAttempts(sql: SqlQueryable, records: AttemptRecord[]): Promise<void> {
  const column = <Value>(pick: (record: AttemptRecord) => Value): Value[] => records.map(pick);
  await sql`
    WITH relaxed AS MATERIALIZED (
      SELECT set_config('synchronous_commit', 'off', true)
    ), ended AS MATERIALIZED (
      SELECT * FROM unnest(
        ${column((row) => row.projectId)}::uuid[], ${column((row) => row.deliveryId)}::uuid[],
        ${column((row) => row.attempt)}::int[],
        ${column((row) => row.leasedUntil)}::text[]::timestamptz[],
        ${column((row) => row.startedAt)}::text[]::timestamptz[],
        ${column((row) => (row.durationMs === null ? null : Math.round(row.durationMs)))}::int[],
        ${column((row) => row.responseStatus)}::int[], ${column((row) => row.responseBody)}::text[],
        ${column((row) => row.error)}::text[], ${column((row) => row.status)}::text[],
        ${column((row) => row.failureReason)}::text[],
        ${column((row) => row.nextAttemptAt)}::text[]::timestamptz[],
        ${column((row) => row.endedAt)}::text[]::timestamptz[]
      ) AS row (project_id, delivery_id, attempt, leased_until, started_at, duration_ms, response_status,
        response_body, error, status, failure_reason, next_attempt_at, ended_at)
    ), logged AS (
      INSERT INTO webhook_attempts (project_id, delivery_id, attempt, started_at, duration_ms,
        response_status, response_body, error)
      SELECT project_id, delivery_id, attempt, started_at, duration_ms, response_status,
        response_body, error FROM ended WHERE duration_ms IS NOT NULL
      ON CONFLICT DO NOTHING
    )
    UPDATE webhook_deliveries AS delivery
    SET status = ended.status, attempt_count = ended.attempt, failure_reason = ended.failure_reason,
      next_attempt_at = ended.next_attempt_at, leased_until = NULL,
      finished_at = CASE WHEN ended.status = 'pending' THEN NULL ELSE ended.ended_at END
    FROM ended CROSS JOIN relaxed
    WHERE delivery.project_id = ended.project_id AND delivery.id = ended.delivery_id
      AND delivery.status = 'pending' AND delivery.leased_until = ended.leased_until`;
}

export interface EndpointKey {
  projectId: string;
  endpointId: string;
}

/** Notes that an endpoint answers again. */
export async function recordEndpointGood(sql: SqlQueryable, key: EndpointKey): Promise<void> {
  await sql`
    UPDATE webhook_endpoints SET first_failed_at = NULL, failure_noticed_at = NULL
    WHERE project_id = ${key.projectId} AND id = ${key.endpointId}
      AND first_failed_at IS NOT NULL`;
}

/** Notes since when an endpoint fails. */
export async function recordEndpointBad(
  sql: SqlQueryable,
  key: EndpointKey,
  at: string,
): Promise<void> {
  await sql`
    UPDATE webhook_endpoints SET first_failed_at = ${at}::timestamptz
    WHERE project_id = ${key.projectId} AND id = ${key.endpointId} AND first_failed_at IS NULL`;
}

/** @returns the URL when it was enabled until now, else null */
export async function disableEndpoint(
  sql: SqlQueryable,
  key: EndpointKey & { reason: string; at: string },
): Promise<string | null> {
  const rows = await sql<{ url: string }[]>`
    UPDATE webhook_endpoints SET status = 'disabled', disabled_reason = ${key.reason},
      updated_at = ${key.at}::timestamptz
    WHERE project_id = ${key.projectId} AND id = ${key.endpointId} AND status = 'enabled'
    RETURNING url`;
  if (!rows[0]) return null;
  await sql`
    UPDATE webhook_deliveries SET status = 'failed', failure_reason = 'endpoint_disabled',
      finished_at = ${key.at}::timestamptz, leased_until = NULL, next_attempt_at = NULL
    WHERE project_id = ${key.projectId} AND endpoint_id = ${key.endpointId}
      AND status = 'pending'`;
  return rows[0].url;
}

/** @returns the URL the first time since the endpoint last answered well, else null */
export async function noticeEndpointFailing(
  sql: SqlQueryable,
  key: EndpointKey,
  at: string,
): Promise<string | null> {
  const rows = await sql<{ url: string }[]>`
    UPDATE webhook_endpoints SET failure_noticed_at = ${at}::timestamptz
    WHERE project_id = ${key.projectId} AND id = ${key.endpointId}
      AND failure_noticed_at IS NULL AND status = 'enabled'
    RETURNING url`;
  return rows[0]?.url ?? null;
}
