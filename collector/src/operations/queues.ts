import type { Sql } from "../db/client.ts";

/** A queue in the database: how many wait, and how long the oldest that is due has waited. */
export interface QueueLength {
  queue: string;
  waiting: number;
  oldestSeconds: number;
}

export async function readQueues(sql: Sql): Promise<QueueLength[]> {
  return sql<QueueLength[]>`
    SELECT 'rescore' AS queue, count(*)::float8 AS waiting,
      greatest(0, coalesce(extract(epoch FROM now() - min(queued_at)), 0))::float8 AS "oldestSeconds"
    FROM rescore_queue
    UNION ALL
    SELECT 'webhooks', count(*)::float8,
      greatest(0, coalesce(extract(epoch FROM now() - min(next_attempt_at)), 0))::float8
    FROM webhook_deliveries WHERE status = 'pending'`;
}
