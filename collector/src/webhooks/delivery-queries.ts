import type { SqlQueryable } from "../db/client.ts";
import type { FailureReason } from "./judge-attempt.ts";

/** How an attempt ended. Times are milliseconds since the epoch. */
export interface AttemptRecord {
  projectId: string;
  deliveryId: string;
  endpointId: string;
  /** How many there have been now. */
  attempt: number;
  /** The lease that it ran under, as it was claimed, ISO 8601. */
  leasedUntil: string;
  startedAt: number;
  /** Null when nothing was sent; then there is no attempt to log. */
  durationMs: number | null;
  responseStatus: number | null;
  responseBody: string;
  error: string | null;
  status: "succeeded" | "pending" | "failed" | "superseded";
  failureReason: FailureReason | null;
  /** Null when there is none, or when nothing was tried and it stays due as it was. */
  nextAttemptAt: number | null;
  endedAt: number;
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
        ${column((row) => row.startedAt)}::float8[],
        ${column((row) => (row.durationMs === null ? null : Math.round(row.durationMs)))}::int[],
        ${column((row) => row.responseStatus)}::int[], ${column((row) => row.responseBody)}::text[],
        ${column((row) => row.error)}::text[], ${column((row) => row.status)}::text[],
        ${column((row) => row.failureReason)}::text[],
        ${column((row) => row.nextAttemptAt)}::float8[], ${column((row) => row.endedAt)}::float8[]
      ) AS row (project_id, delivery_id, attempt, leased_until, started_ms, duration_ms,
        response_status, response_body, error, status, failure_reason, next_attempt_ms, ended_ms)
    ), logged AS (
      INSERT INTO webhook_attempts (project_id, delivery_id, attempt, started_at, duration_ms,
        response_status, response_body, error)
      SELECT project_id, delivery_id, attempt, to_timestamp(started_ms / 1000), duration_ms,
        response_status, response_body, error FROM ended WHERE duration_ms IS NOT NULL
      ON CONFLICT DO NOTHING
    )
    UPDATE webhook_deliveries AS delivery
    SET status = ended.status, attempt_count = ended.attempt, failure_reason = ended.failure_reason,
      leased_until = NULL,
      next_attempt_at = CASE WHEN ended.status <> 'pending' THEN NULL
        ELSE coalesce(to_timestamp(next_attempt_ms / 1000), delivery.next_attempt_at) END,
      finished_at = CASE WHEN ended.status <> 'pending' THEN to_timestamp(ended_ms / 1000) END
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
  return rows[0]?.url ?? null;
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
