import type { Sql } from "../../db/client.ts";
import { firstIdAt } from "../../operations/partitions.ts";

/** An event as it is stored, for people who watch it arrive. */
export interface EventRow {
  eventId: string;
  type: string;
  event: string;
  subject: string;
  accountId: string;
  userId: string;
  anonymousId: string;
  library: string | null;
  /** Of a crawler, an automated browser or somebody unproved: it counts as nobody's usage. */
  isBot: boolean;
  occurredAt: Date;
  receivedAt: Date;
}

/** Which events are the newest, and how many of them. */
export interface Newest {
  projectId: string;
  /** Milliseconds since the epoch. */
  now: number;
  limit: number;
}

const DAY_MS = 86_400_000;

/** By the times of their ids. Those of clocks that are days ahead come last: they would stand first for years. */
function selectNewest(sql: Sql, { projectId, now, limit }: Newest) {
  const ahead = firstIdAt(now + DAY_MS);
  return sql`
    SELECT * FROM (
      (SELECT * FROM events WHERE project_id = ${projectId} AND event_id < ${ahead}::uuid
        ORDER BY event_id DESC LIMIT ${limit})
      UNION ALL
      (SELECT * FROM events WHERE project_id = ${projectId} AND event_id >= ${ahead}::uuid
        ORDER BY event_id LIMIT ${limit})
    ) either ORDER BY event_id >= ${ahead}::uuid, event_id DESC LIMIT ${limit}`;
}

/** The newest events by their own time. */
export async function findNewestEvents(sql: Sql, wanted: Newest): Promise<EventRow[]> {
  return sql<EventRow[]>`
    SELECT event_id AS "eventId", type, event, subject, account_id AS "accountId",
      user_id AS "userId", anonymous_id AS "anonymousId",
      context -> 'library' ->> 'name' AS library, is_bot AS "isBot",
      occurred_at AS "occurredAt", received_at AS "receivedAt"
    FROM (${selectNewest(sql, wanted)}) newest`;
}

/** Where events came from, by the newest few thousand. */
export interface SourceRow {
  source: string;
  kind: "events" | "answers" | "observations";
  count: number;
  lastAt: Date;
}

const SAMPLED_EVENTS = 2_000;

export async function findSources(
  sql: Sql,
  { projectId, now }: Omit<Newest, "limit">,
): Promise<SourceRow[]> {
  const newest = selectNewest(sql, { projectId, now, limit: SAMPLED_EVENTS });
  const [events, answers, observations] = await Promise.all([
    sql<SourceRow[]>`
      SELECT coalesce(context -> 'library' ->> 'name', 'unnamed client') AS source,
        'events' AS kind, count(*)::int AS count, max(received_at) AS "lastAt"
      FROM (${newest}) newest GROUP BY 1 ORDER BY 3 DESC LIMIT 20`,
    sql<SourceRow[]>`
      SELECT 'Survey answers' AS source, 'answers' AS kind, count(*)::int AS count,
        max(answered_at) AS "lastAt"
      FROM (SELECT answered_at FROM survey_responses WHERE project_id = ${projectId}
        ORDER BY answered_at DESC LIMIT ${SAMPLED_EVENTS}) newest HAVING count(*) > 0`,
    sql<SourceRow[]>`
      SELECT coalesce(nullif(source, ''), series) AS source, 'observations' AS kind,
        count(*)::int AS count, max(observed_at) AS "lastAt"
      FROM observations WHERE project_id = ${projectId} GROUP BY 1 ORDER BY 3 DESC LIMIT 20`,
  ]);
  return [...events, ...answers, ...observations];
}

/** What was refused and why, since a moment. */
export async function countRejected(
  sql: Sql,
  projectId: string,
  since: string,
): Promise<{ code: string; count: number; waiting: number; lastAt: Date }[]> {
  return sql<{ code: string; count: number; waiting: number; lastAt: Date }[]>`
    SELECT code, count(*)::int AS count, count(*) FILTER (WHERE replayed_at IS NULL)::int AS waiting,
      max(received_at) AS "lastAt"
    FROM rejected_messages WHERE project_id = ${projectId} AND received_at > ${since}::timestamptz
    GROUP BY 1 ORDER BY 2 DESC`;
}

/** When the first and the newest event came; null before the first. */
export async function findFirstAndLastEvent(
  sql: Sql,
  { projectId, now }: Omit<Newest, "limit">,
): Promise<{ firstAt: Date; lastAt: Date } | null> {
  const [row] = await sql<{ firstAt: Date | null; lastAt: Date | null }[]>`
    SELECT (SELECT received_at FROM events WHERE project_id = ${projectId}
        ORDER BY event_id LIMIT 1) AS "firstAt",
      (SELECT received_at FROM (${selectNewest(sql, { projectId, now, limit: 1 })}) newest)
        AS "lastAt"`;
  return row?.firstAt && row.lastAt ? { firstAt: row.firstAt, lastAt: row.lastAt } : null;
}

/** Deliveries of each endpoint since a moment, by what became of them. */
export async function countDeliveries(
  sql: Sql,
  projectId: string,
  since: string,
): Promise<{ endpointId: string; status: string; count: number }[]> {
  return sql<{ endpointId: string; status: string; count: number }[]>`
    SELECT endpoint_id AS "endpointId", status, count(*)::int AS count FROM webhook_deliveries
    WHERE project_id = ${projectId} AND created_at > ${since}::timestamptz GROUP BY 1, 2`;
}

/** Times in which a source was at fault, newest first. */
export async function findIncidents(
  sql: Sql,
  projectId: string,
): Promise<{ reason: string; startedAt: Date; endedAt: Date | null }[]> {
  return sql<{ reason: string; startedAt: Date; endedAt: Date | null }[]>`
    SELECT reason, started_at AS "startedAt", ended_at AS "endedAt" FROM alert_mutes
    WHERE project_id = ${projectId} ORDER BY started_at DESC LIMIT 10`;
}
