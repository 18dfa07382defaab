import type { SqlQueryable } from "../db/client.ts";
import type { NewEvent } from "./new-event.ts";

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

const column = <Row, Value>(rows: readonly Row[], pick: (row: Row) => Value): Value[] =>
  rows.map(pick);

/**
 * Stores a group of events and everything that must agree with them, in one statement and so in
 * one commit: the raw rows, the daily usage of those that are new, who was seen, and which
 * accounts want a new score. Rows go in in key order everywhere, so that two groups never wait
 * for each other in a circle.
 *
 * @returns the ids of the events that were new
 */
export async function insertEvents(sql: SqlQueryable, group: EventGroup): Promise<Set<string>> {
  const { events, accounts, users, now } = group;
  const rows = await sql<{ event_id: string }[]>`
    WITH input AS MATERIALIZED (
      SELECT * FROM unnest(
        ${column(events, (row) => row.projectId)}::uuid[],
        ${column(events, (row) => row.eventId)}::uuid[],
        ${column(events, (row) => row.messageHash)}::uuid[],
        ${column(events, (row) => row.messageId)}::text[],
        ${column(events, (row) => row.type)}::text[],
        ${column(events, (row) => row.event)}::text[],
        ${column(events, (row) => row.subject)}::text[],
        ${column(events, (row) => row.accountId)}::text[],
        ${column(events, (row) => row.userId)}::text[],
        ${column(events, (row) => row.anonymousId)}::text[],
        ${column(events, (row) => row.sessionId)}::text[],
        ${column(events, (row) => row.engagedMs)}::bigint[],
        ${column(events, (row) => row.occurredAt)}::text[],
        ${column(events, (row) => row.receivedAt)}::text[],
        ${column(events, (row) => row.propertiesJson)}::text[],
        ${column(events, (row) => row.contextJson)}::text[]
      ) AS row (project_id, event_id, message_hash, message_id, type, event, subject, account_id,
        user_id, anonymous_id, session_id, engaged_ms, occurred_at, received_at, properties, context)
    ), new_ids AS (
      INSERT INTO event_ids (project_id, message_hash, event_id)
      SELECT project_id, message_hash, event_id FROM input WHERE message_hash IS NOT NULL
      ORDER BY project_id, message_hash
      ON CONFLICT DO NOTHING RETURNING project_id, message_hash
    ), stored AS (
      INSERT INTO events (project_id, event_id, message_id, type, event, subject, account_id,
        user_id, anonymous_id, session_id, engaged_ms, occurred_at, received_at, properties, context)
      SELECT project_id, event_id, message_id, type, event, subject, account_id, user_id,
        anonymous_id, session_id, engaged_ms, occurred_at::timestamptz, received_at::timestamptz,
        properties::jsonb, context::jsonb
      FROM input
      WHERE message_hash IS NULL
        OR (project_id, message_hash) IN (SELECT project_id, message_hash FROM new_ids)
      ON CONFLICT DO NOTHING
      RETURNING project_id, event_id, type, event, subject, account_id, user_id, anonymous_id,
        engaged_ms, occurred_at
    ), used AS (
      INSERT INTO daily_usage (project_id, account_id, day, user_id, event, subject, count,
        engaged_ms, last_at)
      SELECT stored.project_id, account_id, (occurred_at AT TIME ZONE time_zone)::date,
        CASE WHEN user_id <> '' THEN user_id ELSE 'anon:' || anonymous_id END,
        event, subject, count(*), sum(engaged_ms), max(occurred_at)
      FROM stored JOIN projects ON projects.id = stored.project_id
      WHERE type IN ('track', 'page', 'screen')
      GROUP BY 1, 2, 3, 4, 5, 6
      ORDER BY 1, 2, 3, 4, 5, 6
      ON CONFLICT (project_id, account_id, day, user_id, event, subject) DO UPDATE SET
        count = daily_usage.count + excluded.count,
        engaged_ms = daily_usage.engaged_ms + excluded.engaged_ms,
        last_at = greatest(daily_usage.last_at, excluded.last_at)
    ), seen_accounts AS (
      INSERT INTO accounts (project_id, account_id, created_at, first_seen_at, last_seen_at)
      SELECT project_id, id, first_at::timestamptz, first_at::timestamptz, last_at::timestamptz
      FROM unnest(${column(accounts, (row) => row.projectId)}::uuid[],
        ${column(accounts, (row) => row.id)}::text[],
        ${column(accounts, (row) => row.firstAt)}::text[],
        ${column(accounts, (row) => row.lastAt)}::text[]) AS row (project_id, id, first_at, last_at)
      ON CONFLICT (project_id, account_id) DO UPDATE SET
        created_at = least(accounts.created_at, excluded.created_at),
        first_seen_at = least(accounts.first_seen_at, excluded.first_seen_at),
        last_seen_at = greatest(accounts.last_seen_at, excluded.last_seen_at)
    ), seen_users AS (
      INSERT INTO users (project_id, user_id, first_seen_at, last_seen_at)
      SELECT project_id, id, first_at::timestamptz, last_at::timestamptz
      FROM unnest(${column(users, (row) => row.projectId)}::uuid[],
        ${column(users, (row) => row.id)}::text[],
        ${column(users, (row) => row.firstAt)}::text[],
        ${column(users, (row) => row.lastAt)}::text[]) AS row (project_id, id, first_at, last_at)
      ON CONFLICT (project_id, user_id) DO UPDATE SET
        first_seen_at = least(users.first_seen_at, excluded.first_seen_at),
        last_seen_at = greatest(users.last_seen_at, excluded.last_seen_at)
    ), queued AS (
      INSERT INTO rescore_queue (project_id, account_id, queued_at, reopen_from)
      SELECT stored.project_id, account_id, ${now}::timestamptz,
        min((occurred_at AT TIME ZONE time_zone)::date)
      FROM stored JOIN projects ON projects.id = stored.project_id
      WHERE account_id <> ''
      GROUP BY 1, 2 ORDER BY 1, 2
      ON CONFLICT (project_id, account_id) DO UPDATE SET
        generation = rescore_queue.generation + 1,
        reopen_from = least(rescore_queue.reopen_from, excluded.reopen_from)
      WHERE rescore_queue.leased_until IS NOT NULL
        OR rescore_queue.reopen_from IS NULL OR excluded.reopen_from < rescore_queue.reopen_from
    )
    SELECT event_id::text FROM stored`;
  return new Set(rows.map((row) => row.event_id));
}

/** One at a time may change who is who in a project. */
export async function lockIdentities(sql: SqlQueryable, projectId: string): Promise<void> {
  await sql`SELECT pg_advisory_xact_lock(hashtextextended(${projectId}, 1))`;
}

export async function findAccountsOfUsers(
  sql: SqlQueryable,
  projectId: string,
  userIds: string[],
): Promise<Map<string, string>> {
  const rows = await sql<{ user_id: string; account_id: string }[]>`
    SELECT user_id, account_id FROM users
    WHERE project_id = ${projectId} AND user_id = ANY(${userIds}) AND account_id IS NOT NULL`;
  return new Map(rows.map((row) => [row.user_id, row.account_id]));
}

export async function findUsersOfAnonymous(
  sql: SqlQueryable,
  projectId: string,
  anonymousIds: string[],
): Promise<Map<string, string>> {
  const rows = await sql<{ anonymous_id: string; user_id: string }[]>`
    SELECT anonymous_id, user_id FROM user_aliases
    WHERE project_id = ${projectId} AND anonymous_id = ANY(${anonymousIds})`;
  return new Map(rows.map((row) => [row.anonymous_id, row.user_id]));
}

/** @returns true when the anonymous id had no user before */
export async function insertAlias(
  sql: SqlQueryable,
  alias: { projectId: string; anonymousId: string; userId: string; now: string },
): Promise<boolean> {
  const rows = await sql`
    INSERT INTO user_aliases (project_id, anonymous_id, user_id, created_at)
    VALUES (${alias.projectId}, ${alias.anonymousId}, ${alias.userId}, ${alias.now}::timestamptz)
    ON CONFLICT DO NOTHING RETURNING 1`;
  return rows.length > 0;
}

/**
 * Sets the account that a user belongs to.
 *
 * @returns true when the user had none before
 */
export async function setAccountOfUser(
  sql: SqlQueryable,
  membership: { projectId: string; userId: string; accountId: string },
): Promise<boolean> {
  const { projectId, userId, accountId } = membership;
  const rows = await sql<{ is_first: boolean }[]>`
    WITH before AS (
      SELECT first_account_id FROM users
      WHERE project_id = ${projectId} AND user_id = ${userId} FOR UPDATE
    )
    UPDATE users SET account_id = ${accountId},
      first_account_id = coalesce(users.first_account_id, ${accountId})
    FROM before
    WHERE project_id = ${projectId} AND user_id = ${userId}
    RETURNING before.first_account_id IS NULL AS is_first`;
  return rows[0]?.is_first ?? false;
}

/**
 * Moves daily usage from one owner to another: what an anonymous visitor did to the user it became,
 * or what a user did before its account was known to that account.
 *
 * @returns the accounts whose usage changed
 */
export async function moveUsage(
  sql: SqlQueryable,
  move: { projectId: string; fromUser: string; toUser: string; unattributedTo: string | null },
): Promise<string[]> {
  const { projectId, fromUser, toUser, unattributedTo } = move;
  const rows = await sql<{ account_id: string }[]>`
    WITH moved AS (
      DELETE FROM daily_usage
      WHERE project_id = ${projectId} AND user_id = ${fromUser}
        AND (${fromUser !== toUser} OR account_id = '')
      RETURNING account_id, day, event, subject, count, engaged_ms, last_at
    )
    INSERT INTO daily_usage (project_id, account_id, day, user_id, event, subject, count,
      engaged_ms, last_at)
    SELECT ${projectId}::uuid,
      CASE WHEN account_id = '' THEN coalesce(${unattributedTo}::text, '') ELSE account_id END AS account,
      day, ${toUser}, event, subject, sum(count), sum(engaged_ms), max(last_at)
    FROM moved GROUP BY account, day, event, subject
    ON CONFLICT (project_id, account_id, day, user_id, event, subject) DO UPDATE SET
      count = daily_usage.count + excluded.count,
      engaged_ms = daily_usage.engaged_ms + excluded.engaged_ms,
      last_at = greatest(daily_usage.last_at, excluded.last_at)
    RETURNING account_id`;
  return [...new Set(rows.map((row) => row.account_id))].filter((id) => id !== "");
}

export async function findFirstAccount(
  sql: SqlQueryable,
  projectId: string,
  userId: string,
): Promise<string | null> {
  const rows = await sql<{ first_account_id: string | null }[]>`
    SELECT first_account_id FROM users WHERE project_id = ${projectId} AND user_id = ${userId}`;
  return rows[0]?.first_account_id ?? null;
}

export async function mergeUserTraits(
  sql: SqlQueryable,
  user: { projectId: string; userId: string; traits: string },
): Promise<void> {
  await sql`
    UPDATE users SET traits = users.traits || ${user.traits}::text::jsonb
    WHERE project_id = ${user.projectId} AND user_id = ${user.userId}`;
}

/** What a group message says of its account; nulls say nothing. */
export interface AccountTraits {
  projectId: string;
  accountId: string;
  name: string | null;
  traits: string;
  externalIds: string;
  createdAt: string | null;
}

export async function mergeAccountTraits(sql: SqlQueryable, account: AccountTraits): Promise<void> {
  await sql`
    UPDATE accounts SET
      name = coalesce(${account.name}, accounts.name),
      traits = accounts.traits || ${account.traits}::text::jsonb,
      external_ids = accounts.external_ids || ${account.externalIds}::text::jsonb,
      created_at = coalesce(${account.createdAt}::text::timestamptz, accounts.created_at)
    WHERE project_id = ${account.projectId} AND account_id = ${account.accountId}`;
}

/** @returns true when the account had not reached it before */
export async function insertMilestone(
  sql: SqlQueryable,
  reached: {
    projectId: string;
    accountId: string;
    milestone: string;
    userId: string;
    reachedAt: string;
  },
): Promise<boolean> {
  const rows = await sql`
    INSERT INTO milestones_reached (project_id, account_id, milestone, user_id, reached_at)
    VALUES (${reached.projectId}, ${reached.accountId}, ${reached.milestone}, ${reached.userId},
      ${reached.reachedAt}::timestamptz)
    ON CONFLICT DO NOTHING RETURNING 1`;
  return rows.length > 0;
}

export async function queueRescore(
  sql: SqlQueryable,
  projectId: string,
  accountIds: string[],
  now: string,
): Promise<void> {
  if (accountIds.length === 0) return;
  await sql`
    INSERT INTO rescore_queue (project_id, account_id, queued_at)
    SELECT ${projectId}::uuid, id, ${now}::timestamptz FROM unnest(${accountIds}::text[]) AS id
    ORDER BY id
    ON CONFLICT (project_id, account_id) DO UPDATE SET generation = rescore_queue.generation + 1
    WHERE rescore_queue.leased_until IS NOT NULL`;
}

/** A message that could not be stored. */
export interface RejectedMessage {
  projectId: string;
  id: string;
  receivedAt: string;
  messageId: string | null;
  code: string;
  detail: string;
  payload: string;
}

export async function insertRejected(
  sql: SqlQueryable,
  rejected: RejectedMessage[],
): Promise<void> {
  await sql`
    INSERT INTO rejected_messages (project_id, id, received_at, message_id, code, detail, payload)
    SELECT * FROM unnest(
      ${column(rejected, (row) => row.projectId)}::uuid[],
      ${column(rejected, (row) => row.id)}::uuid[],
      ${column(rejected, (row) => row.receivedAt)}::text[]::timestamptz[],
      ${column(rejected, (row) => row.messageId)}::text[],
      ${column(rejected, (row) => row.code)}::text[],
      ${column(rejected, (row) => row.detail)}::text[],
      ${column(rejected, (row) => row.payload)}::text[])`;
}
