import type { SqlQueryable } from "../db/client.ts";
import { toBareArray, toJsonArray, toTextArray } from "./array-literal.ts";
import type { EventVerdict, NewEvent } from "./new-event.ts";
import { ADD_USAGE, NOTE_ACCOUNT, NOTE_USER, QUEUE_AGAIN } from "./upsert-clauses.ts";

/** An account or user to note as seen. */
export interface Seen {
  projectId: string;
  id: string;
  /** First and last time in the group, ISO 8601. */
  firstAt: string;
  lastAt: string;
}

export interface EventGroup {
  /** Sorted by project and event id, each id once. */
  events: NewEvent[];
  accounts: Seen[];
  users: Seen[];
  /** ISO 8601. */
  now: string;
}

/**
 * Stores a group of events and everything that must agree with them, in one statement and so in
 * one commit: the raw rows, the daily usage of those that are new, who was seen, and which
 * accounts want a new score. What an erased person sends late is left out.
 *
 * Rows go in in key order, and tables in that of users, accounts, queue, usage, for which each of the
 * first two is read, though nothing comes of it: Postgres runs the parts that nothing reads from the last
 * to the first, Citus from the first to the last. So two groups do not wait for each other in a circle,
 * with an exception for `retryDeadlock`: usage that moves to another user may touch an account that no
 * event of its group names, and then the queue comes after the usage.
 *
 * Only the exceptions come back. `NOT IN` is planned as one hash of the stored keys; a join would
 * be planned as a loop in a loop, since Postgres takes any `unnest` for a handful of rows.
 *
 * @returns of the events that were not stored now, by their position: `duplicate` or `erased`
 */
export async function insertEvents(
  sql: SqlQueryable,
  group: EventGroup,
): Promise<Map<number, EventVerdict>> {
  const { events, accounts, users, now } = group;
  const projectIds = [...new Set(events.map((event) => event.projectId))];
  const rows = await sql<{ position: number; is_erased: boolean }[]>`
    WITH input AS MATERIALIZED (
      SELECT * FROM ROWS FROM (
        unnest(
          ${toBareArray(events, (row) => row.projectId)}::uuid[],
          ${toBareArray(events, (row) => row.eventId)}::uuid[],
          ${toBareArray(events, (row) => row.messageHash)}::uuid[],
          ${toTextArray(events, (row) => row.messageId)}::text[],
          ${toBareArray(events, (row) => row.type)}::text[],
          ${toTextArray(events, (row) => row.event)}::text[],
          ${toTextArray(events, (row) => row.subject)}::text[],
          ${toTextArray(events, (row) => row.accountId)}::text[],
          ${toTextArray(events, (row) => row.userId)}::text[],
          ${toTextArray(events, (row) => row.anonymousId)}::text[],
          ${toTextArray(events, (row) => row.sessionId)}::text[],
          ${toBareArray(events, (row) => row.engagedMs)}::bigint[],
          ${toBareArray(events, (row) => row.occurredAt)}::timestamptz[],
          ${toBareArray(events, (row) => row.receivedAt)}::timestamptz[],
          ${toBareArray(events, (row) => (row.isBot ? "t" : "f"))}::boolean[]
        ),
        jsonb_array_elements(${toJsonArray(events, (row) => row.propertiesJson)}::text::jsonb),
        jsonb_array_elements(${toJsonArray(events, (row) => row.contextJson)}::text::jsonb)
      ) WITH ORDINALITY AS row (project_id, event_id, message_hash, message_id, type, event, subject,
        account_id, user_id, anonymous_id, session_id, engaged_ms, occurred_at, received_at, is_bot,
        properties, context, ordinal)
    ), gone AS MATERIALIZED (
      SELECT project_id, person_hash FROM erased_people WHERE project_id = ANY(${projectIds}::uuid[])
    ), erased AS MATERIALIZED (
      SELECT ordinal FROM input
      WHERE EXISTS (SELECT 1 FROM gone) AND (
        (project_id, sha256(convert_to('user:' || user_id, 'UTF8'))) IN (SELECT * FROM gone)
        OR (project_id, sha256(convert_to('anon:' || anonymous_id, 'UTF8'))) IN (SELECT * FROM gone))
    ), seen_users AS (
      INSERT INTO users (project_id, user_id, first_seen_at, last_seen_at)
      SELECT project_id, id, first_at, last_at
      FROM unnest(${toBareArray(users, (row) => row.projectId)}::uuid[],
        ${toTextArray(users, (row) => row.id)}::text[],
        ${toBareArray(users, (row) => row.firstAt)}::timestamptz[],
        ${toBareArray(users, (row) => row.lastAt)}::timestamptz[]
      ) AS row (project_id, id, first_at, last_at)
      WHERE (project_id, sha256(convert_to('user:' || id, 'UTF8'))) NOT IN (SELECT * FROM gone)
      ${sql.unsafe(NOTE_USER)} RETURNING 1
    ), seen_accounts AS (
      INSERT INTO accounts (project_id, account_id, created_at, first_seen_at, last_seen_at)
      SELECT project_id, id, first_at, first_at, last_at
      FROM unnest(${toBareArray(accounts, (row) => row.projectId)}::uuid[],
        ${toTextArray(accounts, (row) => row.id)}::text[],
        ${toBareArray(accounts, (row) => row.firstAt)}::timestamptz[],
        ${toBareArray(accounts, (row) => row.lastAt)}::timestamptz[]
      ) AS row (project_id, id, first_at, last_at)
      WHERE (SELECT count(*) FROM seen_users) >= 0
      ${sql.unsafe(NOTE_ACCOUNT)} RETURNING 1
    ), new_ids AS (
      INSERT INTO event_ids (project_id, message_hash, event_id)
      SELECT project_id, message_hash, event_id FROM input
      WHERE message_hash IS NOT NULL AND ordinal NOT IN (SELECT ordinal FROM erased)
      ORDER BY project_id, message_hash
      ON CONFLICT DO NOTHING RETURNING project_id, message_hash
    ), stored AS (
      INSERT INTO events (project_id, event_id, message_id, type, event, subject, account_id,
        user_id, anonymous_id, session_id, engaged_ms, occurred_at, received_at, is_bot,
        properties, context)
      SELECT project_id, event_id, message_id, type, event, subject, account_id, user_id,
        anonymous_id, session_id, engaged_ms, occurred_at, received_at, is_bot, properties, context
      FROM input
      WHERE (message_hash IS NULL
          OR (project_id, message_hash) IN (SELECT project_id, message_hash FROM new_ids))
        AND ordinal NOT IN (SELECT ordinal FROM erased)
      ON CONFLICT DO NOTHING
      RETURNING project_id, event_id, type, event, subject, account_id, user_id, anonymous_id,
        engaged_ms, occurred_at, is_bot
    ), dated AS MATERIALIZED (
      SELECT stored.*, (occurred_at AT TIME ZONE time_zone)::date AS day
      FROM stored JOIN projects ON projects.id = stored.project_id
      WHERE NOT is_bot AND (SELECT count(*) FROM seen_accounts) >= 0
    ), used AS (
      INSERT INTO daily_usage (project_id, account_id, day, user_id, event, subject, count,
        engaged_ms, last_at)
      SELECT project_id, account_id, day,
        CASE WHEN user_id <> '' THEN user_id ELSE 'anon:' || anonymous_id END,
        event, subject, count(*), sum(engaged_ms), max(occurred_at)
      FROM dated WHERE type IN ('track', 'page', 'screen')
      GROUP BY 1, 2, 3, 4, 5, 6
      ORDER BY 1, 2, 3, 4, 5, 6
      ${sql.unsafe(ADD_USAGE)}
    ), queued AS (
      INSERT INTO rescore_queue (project_id, account_id, queued_at, reopen_from)
      SELECT project_id, account_id, ${now}::timestamptz, min(day)
      FROM dated WHERE account_id <> ''
      GROUP BY 1, 2 ORDER BY 1, 2
      ${sql.unsafe(QUEUE_AGAIN)}
    )
    SELECT (ordinal - 1)::int AS position, ordinal IN (SELECT ordinal FROM erased) AS is_erased
    FROM input
    WHERE (project_id, event_id) NOT IN (SELECT project_id, event_id FROM stored)`;
  return new Map(rows.map((row) => [row.position, row.is_erased ? "erased" : "duplicate"]));
}
