import type { SqlQueryable } from "../db/client.ts";
import type { FormatName } from "./formats/format.ts";
import type { FieldMap } from "./formats/message-values.ts";

/** A delivery that this process may try now. */
export interface ClaimedDelivery {
  project_id: string;
  id: string;
  endpoint_id: string;
  message_id: string;
  body: string;
  /** The attempt that begins, from 1. */
  attempt: number;
  /** The same endpoint has got, or will get, a newer state of the account. */
  is_superseded: boolean;
}

/** Where deliveries go, and how. */
export interface SendingEndpoint {
  id: string;
  url: string;
  secret_encrypted: Buffer;
  previous_secret_encrypted: Buffer | null;
  previous_secret_expires_at: Date | null;
  first_failed_at: Date | null;
  format: FormatName;
  field_map: FieldMap | null;
  credentials_encrypted: Buffer | null;
  max_concurrent: number;
  max_per_second: number | null;
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
 * queue of one from hiding the others, and endpoints without room are not looked at; `SKIP LOCKED`
 * keeps two processes from taking the same. Rows are updated where they were locked, so that no plan
 * reads the table. A lease that is lost with a crashed server does no harm: nobody waits for the disk.
 */
export async function claimDeliveries(
  sql: SqlQueryable,
  { now, leasedUntil, limit, defaultRoom, rooms }: Claim,
): Promise<ClaimedDelivery[]> {
  return sql<ClaimedDelivery[]>`
    WITH relaxed AS MATERIALIZED (
      SELECT set_config('synchronous_commit', 'off', true)
    ), lane AS MATERIALIZED (
      SELECT endpoint.id, coalesce(known.room, ${defaultRoom}::int) AS room
      FROM webhook_endpoints AS endpoint
      LEFT JOIN unnest(${[...rooms.keys()]}::uuid[], ${[...rooms.values()]}::int[])
        AS known (id, room) ON known.id = endpoint.id
      WHERE endpoint.status = 'enabled' AND coalesce(known.room, ${defaultRoom}::int) > 0
    ), taken AS MATERIALIZED (
      SELECT due.ctid FROM lane CROSS JOIN LATERAL (
        SELECT ctid FROM webhook_deliveries
        WHERE endpoint_id = lane.id AND status = 'pending'
          AND next_attempt_at <= ${now}::timestamptz
          AND (leased_until IS NULL OR leased_until <= ${now}::timestamptz)
        ORDER BY next_attempt_at LIMIT lane.room FOR UPDATE SKIP LOCKED
      ) AS due LIMIT ${limit}
    ), leased AS (
      UPDATE webhook_deliveries SET leased_until = ${leasedUntil}::timestamptz
      WHERE ctid = ANY (ARRAY(SELECT ctid FROM taken)) RETURNING *
    )
    SELECT leased.project_id, leased.id, leased.endpoint_id, leased.message_id,
      message.body, leased.attempt_count + 1 AS attempt,
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
    ORDER BY leased.next_attempt_at, leased.message_id`;
}

/** The endpoints of claimed deliveries, once each: a claim may hold hundreds for one. */
export async function findSendingEndpoints(
  sql: SqlQueryable,
  deliveries: readonly ClaimedDelivery[],
): Promise<Map<string, SendingEndpoint>> {
  if (deliveries.length === 0) return new Map();
  const projectIds = [...new Set(deliveries.map((delivery) => delivery.project_id))];
  const ids = [...new Set(deliveries.map((delivery) => delivery.endpoint_id))];
  const rows = await sql<SendingEndpoint[]>`
    SELECT id, url, secret_encrypted, previous_secret_encrypted, previous_secret_expires_at,
      first_failed_at, format, field_map, credentials_encrypted, max_concurrent, max_per_second
    FROM webhook_endpoints
    WHERE project_id = ANY(${projectIds}::uuid[]) AND id = ANY(${ids}::uuid[])`;
  return new Map(rows.map((row) => [row.id, row]));
}
