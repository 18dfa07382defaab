import type { SqlQueryable } from "../db/client.ts";
import { DISABLED_BY_PERSON } from "./endpoint-queries.ts";

/** Endpoints that failed for too long, whose queues are not cleared yet. */
export async function findUncleared(sql: SqlQueryable): Promise<string[]> {
  const rows = await sql<{ id: string }[]>`
    SELECT id FROM webhook_endpoints AS endpoint
    WHERE status = 'disabled' AND disabled_reason <> ${DISABLED_BY_PERSON} AND EXISTS (
      SELECT FROM webhook_deliveries
      WHERE endpoint_id = endpoint.id AND status = 'pending')`;
  return rows.map(({ id }) => id);
}

/**
 * Gives up deliveries of an endpoint that is still disabled.
 *
 * @param at - ISO 8601
 * @returns how many, at most `limit`
 */
export async function failPending(
  sql: SqlQueryable,
  endpointId: string,
  { at, limit }: { at: string; limit: number },
): Promise<number> {
  const result = await sql`
    WITH portion AS MATERIALIZED (
      SELECT ctid FROM webhook_deliveries
      WHERE endpoint_id = ${endpointId} AND status = 'pending' AND EXISTS (
        SELECT FROM webhook_endpoints WHERE id = ${endpointId} AND status = 'disabled')
      ORDER BY next_attempt_at LIMIT ${limit} FOR UPDATE SKIP LOCKED
    )
    UPDATE webhook_deliveries SET status = 'failed', failure_reason = 'endpoint_disabled',
      finished_at = ${at}::timestamptz, leased_until = NULL, next_attempt_at = NULL
    WHERE ctid = ANY (ARRAY(SELECT ctid FROM portion))`;
  return result.count;
}
