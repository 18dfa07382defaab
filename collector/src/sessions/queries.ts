import type { Sql, SqlQueryable } from "../db/client.ts";

/** A stretch of time, ISO 8601, the first inclusive and the last exclusive. */
export interface Stretch {
  from: string;
  until: string;
}

/**
 * One at a time counts sessions or removes some: else what was read of a person before the erasure
 * could be written after it, and two that lock rows in orders of their own could wait for each other.
 */
export async function lockSessions(sql: SqlQueryable): Promise<void> {
  await sql`SELECT pg_advisory_xact_lock(4700003)`;
}

/** Up to when sessions were counted; before the first time, when the first project was made. */
export async function findProgress(sql: SqlQueryable): Promise<Date | null> {
  const [counted] = await sql<{ at: Date }[]>`SELECT counted_until AS at FROM session_progress`;
  if (counted) return counted.at;
  const [first] = await sql<{ at: Date | null }[]>`SELECT min(created_at) AS at FROM projects`;
  return first?.at ?? null;
}

export async function recordProgress(sql: SqlQueryable, until: string): Promise<void> {
  await sql`
    INSERT INTO session_progress (id, counted_until) VALUES (1, ${until}::timestamptz)
    ON CONFLICT (id) DO UPDATE SET counted_until = excluded.counted_until`;
}

/** How a session that is known grows; the last to name an account is believed. */
const growth = (sql: SqlQueryable) => sql`
  ON CONFLICT (project_id, user_id, session_id) DO UPDATE SET
    account_id = CASE
      WHEN excluded.account_id = '' THEN sessions.account_id
      WHEN sessions.account_id = '' OR excluded.last_event_at >= sessions.last_event_at
        THEN excluded.account_id
      ELSE sessions.account_id END,
    started_at = least(sessions.started_at, excluded.started_at),
    last_event_at = greatest(sessions.last_event_at, excluded.last_event_at),
    event_count = sessions.event_count + excluded.event_count,
    engaged_ms = sessions.engaged_ms + excluded.engaged_ms`;

/** Adds the events that came in during a stretch to the sessions they name. */
export async function countArrivals(sql: SqlQueryable, stretch: Stretch): Promise<void> {
  await sql`
    INSERT INTO sessions (project_id, user_id, session_id, account_id, started_at, last_event_at,
      event_count, engaged_ms)
    SELECT events.project_id,
      CASE WHEN events.user_id <> '' THEN events.user_id
        ELSE coalesce(alias.user_id, 'anon:' || events.anonymous_id) END AS owner,
      events.session_id,
      coalesce((array_agg(events.account_id ORDER BY events.event_id DESC)
        FILTER (WHERE events.account_id <> ''))[1], ''),
      min(events.occurred_at), max(events.occurred_at), count(*), sum(events.engaged_ms)
    FROM events
    LEFT JOIN user_aliases AS alias ON events.user_id = ''
      AND alias.project_id = events.project_id AND alias.anonymous_id = events.anonymous_id
    WHERE events.received_at >= ${stretch.from}::timestamptz
      AND events.received_at < ${stretch.until}::timestamptz
      AND events.session_id <> '' AND events.type IN ('track', 'page', 'screen')
      AND NOT events.is_bot
    GROUP BY events.project_id, owner, events.session_id
    ${growth(sql)}`;
}

/** Gives the sessions of visitors who became known during a stretch to the users they became. */
export async function moveAliased(sql: SqlQueryable, stretch: Stretch): Promise<void> {
  await sql`
    WITH moved AS (
      DELETE FROM sessions USING user_aliases AS alias
      WHERE alias.project_id = sessions.project_id
        AND sessions.user_id = 'anon:' || alias.anonymous_id
        AND alias.created_at >= ${stretch.from}::timestamptz
        AND alias.created_at < ${stretch.until}::timestamptz
      RETURNING sessions.project_id, alias.user_id, sessions.session_id, sessions.account_id,
        sessions.started_at, sessions.last_event_at, sessions.event_count, sessions.engaged_ms
    )
    INSERT INTO sessions (project_id, user_id, session_id, account_id, started_at, last_event_at,
      event_count, engaged_ms)
    SELECT project_id, user_id, session_id,
      coalesce((array_agg(account_id ORDER BY last_event_at DESC)
        FILTER (WHERE account_id <> ''))[1], ''),
      min(started_at), max(last_event_at), sum(event_count), sum(engaged_ms)
    FROM moved GROUP BY project_id, user_id, session_id
    ${growth(sql)}`;
}

/** A session as it is stored. */
export interface SessionRow {
  sessionId: string;
  userId: string;
  startedAt: Date;
  lastEventAt: Date;
  eventCount: number;
  engagedMs: number;
}

/** Where a page of sessions begins: after this one. */
export interface SessionPosition {
  /** ISO 8601. */
  startedAt: string;
  userId: string;
  sessionId: string;
}

/** A page of an account's sessions, the newest first. */
export async function findSessions(
  sql: SqlQueryable,
  projectId: string,
  page: { accountId: string; after: SessionPosition | null; limit: number },
): Promise<SessionRow[]> {
  const { accountId, after, limit } = page;
  const isAfter = after
    ? sql`AND (started_at, user_id, session_id) <
        (${after.startedAt}::timestamptz, ${after.userId}, ${after.sessionId})`
    : sql``;
  return sql<SessionRow[]>`
    SELECT session_id AS "sessionId", user_id AS "userId", started_at AS "startedAt",
      last_event_at AS "lastEventAt", event_count::float8 AS "eventCount",
      engaged_ms::float8 AS "engagedMs"
    FROM sessions WHERE project_id = ${projectId} AND account_id = ${accountId} ${isAfter}
    ORDER BY started_at DESC, user_id DESC, session_id DESC LIMIT ${limit}`;
}

const PORTION = 5_000;

/** Removes a project's sessions that ended before a moment, ISO 8601. */
export async function deleteSessionsBefore(
  sql: Sql,
  projectId: string,
  before: string,
): Promise<number> {
  let deleted = 0;
  for (;;) {
    const { count } = await sql.begin(async (tx) => {
      // Counting what came in while nobody counted takes its time.
      await tx`SET LOCAL lock_timeout = 0`;
      await tx`SET LOCAL statement_timeout = 0`;
      await lockSessions(tx);
      return tx`
        DELETE FROM sessions WHERE project_id = ${projectId} AND (user_id, session_id) IN (
          SELECT user_id, session_id FROM sessions
          WHERE project_id = ${projectId} AND last_event_at < ${before}::timestamptz
          LIMIT ${PORTION})`;
    });
    deleted += count;
    if (count < PORTION) return deleted;
  }
}
