import type { SqlQueryable } from "../db/client.ts";

/**
 * Deletes the oldest messages that were written before a moment and have nothing left to deliver,
 * with all that hangs on them.
 *
 * @returns how many messages went, at most `limit`
 */
export async function deleteMessagesBefore(
  sql: SqlQueryable,
  projectId: string,
  { before, limit }: { before: string; limit: number },
): Promise<number> {
  const result = await sql`
    WITH old AS MATERIALIZED (
      SELECT id FROM webhook_messages AS message
      WHERE project_id = ${projectId} AND created_at < ${before}::timestamptz
        AND NOT EXISTS (
          SELECT 1 FROM webhook_deliveries AS delivery
          WHERE delivery.project_id = message.project_id AND delivery.message_id = message.id
            AND delivery.status = 'pending')
      ORDER BY created_at LIMIT ${limit}
    ), delivered AS (
      DELETE FROM webhook_deliveries USING old
      WHERE project_id = ${projectId} AND message_id = old.id
      RETURNING webhook_deliveries.id
    ), tried AS (
      DELETE FROM webhook_attempts USING delivered
      WHERE project_id = ${projectId} AND delivery_id = delivered.id
    )
    DELETE FROM webhook_messages USING old
    WHERE project_id = ${projectId} AND webhook_messages.id = old.id`;
  return result.count;
}
