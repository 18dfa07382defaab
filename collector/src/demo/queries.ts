import type { SqlQueryable } from "../db/client.ts";

/** The health of an account as it was last written; null before the first score. */
export async function findDemoHealth(
  sql: SqlQueryable,
  projectId: string,
  accountId: string,
): Promise<unknown> {
  const rows = await sql<{ detail: unknown }[]>`
    SELECT detail FROM scores WHERE project_id = ${projectId} AND account_id = ${accountId}
    ORDER BY day DESC LIMIT 1`;
  return rows[0]?.detail ?? null;
}

export interface RecentEvent {
  id: string;
  event: string;
  subject: string;
  properties: Record<string, unknown>;
  context: Record<string, unknown>;
  receivedAt: Date;
}

/** The newest events of an account that were received since a moment and not imported. */
export async function findRecentEvents(
  sql: SqlQueryable,
  projectId: string,
  wanted: { accountId: string; since: string; limit: number },
): Promise<RecentEvent[]> {
  const { accountId, since, limit } = wanted;
  return sql<RecentEvent[]>`
    SELECT event_id::text AS id, event, subject, properties, context, received_at AS "receivedAt"
    FROM events
    WHERE project_id = ${projectId} AND account_id = ${accountId}
      AND event_id >= ${toLowestId(since)}::uuid
      AND occurred_at >= ${since}::timestamptz
    ORDER BY event_id DESC LIMIT ${limit}`;
}

/** The lowest UUIDv7 of a moment: the key of the events is ordered by time. */
function toLowestId(at: string): string {
  const hex = Date.parse(at).toString(16).padStart(12, "0");
  return `${hex.slice(0, 8)}-${hex.slice(8)}-7000-8000-000000000000`;
}

export interface RecentDelivery {
  messageId: string;
  type: string;
  body: string;
  status: "pending" | "succeeded" | "failed" | "superseded";
  attempts: number;
  responseStatus: number | null;
  createdAt: Date;
}

/** The newest messages about an account on their way to one endpoint. */
export async function findRecentDeliveries(
  sql: SqlQueryable,
  projectId: string,
  wanted: { accountId: string; endpointId: string; since: string; limit: number },
): Promise<RecentDelivery[]> {
  return sql<RecentDelivery[]>`
    SELECT m.id::text AS "messageId", m.type, m.body, d.status, d.attempt_count AS attempts,
      last.response_status AS "responseStatus", d.created_at AS "createdAt"
    FROM webhook_messages m
    JOIN webhook_deliveries d ON d.project_id = m.project_id AND d.message_id = m.id
    LEFT JOIN LATERAL (
      SELECT response_status FROM webhook_attempts a
      WHERE a.project_id = d.project_id AND a.delivery_id = d.id
      ORDER BY attempt DESC LIMIT 1
    ) last ON true
    WHERE m.project_id = ${projectId} AND m.account_id = ${wanted.accountId}
      AND m.created_at >= ${wanted.since}::timestamptz AND d.endpoint_id = ${wanted.endpointId}
    ORDER BY m.created_at DESC, m.id DESC LIMIT ${wanted.limit}`;
}

/** Which days of the simulated book are stored, as day numbers. */
export interface BookDays {
  /** The book ends on the day before; what comes later continues it. */
  bookDay: number;
  /** The first day that is not stored. */
  until: number;
}

/**
 * @param today - day number; a book that was stored before these days were noted counts as of today
 * @returns null until the book was stored to its end once
 */
export async function findBookDays(
  sql: SqlQueryable,
  projectId: string,
  today: number,
): Promise<BookDays | null> {
  const rows = await sql<BookDays[]>`
    SELECT coalesce((settings ->> 'demoBookDay')::int, ${today}::int) AS "bookDay",
      coalesce((settings ->> 'demoStoredUntil')::int, ${today}::int) AS until
    FROM projects WHERE id = ${projectId} AND settings ->> 'isDemoStored' = 'true'`;
  return rows[0] ?? null;
}

/** Merges settings into those of a project. */
export async function mergeProjectSettings(
  sql: SqlQueryable,
  projectId: string,
  settings: { [key: string]: number | boolean },
): Promise<void> {
  await sql`
    UPDATE projects SET settings = settings || ${JSON.stringify(settings)}::text::jsonb
    WHERE id = ${projectId}`;
}

/**
 * Puts accounts on the rescoring queue as taken, so that no worker scores them while their
 * history is only half stored. A filler that dies loses the lease, and the workers go on.
 */
export async function holdRescores(
  sql: SqlQueryable,
  projectId: string,
  hold: { accountIds: string[]; now: string; until: string },
): Promise<void> {
  await sql`
    INSERT INTO rescore_queue (project_id, account_id, queued_at, leased_until)
    SELECT ${projectId}::uuid, id, ${hold.now}::timestamptz, ${hold.until}::timestamptz
    FROM unnest(${hold.accountIds}::text[]) AS id ORDER BY id
    ON CONFLICT (project_id, account_id) DO UPDATE SET leased_until = excluded.leased_until`;
}

/** Gives the accounts back to the workers; their past was scored, so no day is open. */
export async function unholdRescores(
  sql: SqlQueryable,
  projectId: string,
  accountIds: string[],
): Promise<void> {
  await sql`
    WITH held AS MATERIALIZED (
      SELECT account_id FROM rescore_queue
      WHERE project_id = ${projectId} AND account_id = ANY(${accountIds}::text[])
      ORDER BY account_id FOR UPDATE
    )
    UPDATE rescore_queue AS queue SET leased_until = NULL, reopen_from = NULL FROM held
    WHERE queue.project_id = ${projectId} AND queue.account_id = held.account_id`;
}
