import type { SqlQueryable } from "../db/client.ts";
import { ADD_USAGE } from "./settle-statements.ts";

/** One at a time may change who is who in a project. */
export async function lockIdentities(sql: SqlQueryable, projectId: string): Promise<void> {
  await sql`SELECT pg_advisory_xact_lock(hashtextextended(${projectId}, 1))`;
}

/** The account that a user belongs to, and since when, in milliseconds since the epoch. */
export interface HeldAccount {
  accountId: string;
  sinceMs: number;
}

export async function findAccountsOfUsers(
  sql: SqlQueryable,
  projectId: string,
  userIds: string[],
): Promise<Map<string, HeldAccount>> {
  const rows = await sql<{ user_id: string; account_id: string; account_since: Date | null }[]>`
    SELECT user_id, account_id, account_since FROM users
    WHERE project_id = ${projectId} AND user_id = ANY(${userIds}) AND account_id IS NOT NULL`;
  return new Map(
    rows.map((row) => [
      row.user_id,
      { accountId: row.account_id, sinceMs: row.account_since?.getTime() ?? 0 },
    ]),
  );
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

/** An anonymous id and the user that it turned out to be. */
export interface Alias {
  anonymousId: string;
  userId: string;
}

/**
 * @param aliases - each anonymous id once
 * @returns the anonymous ids that had no user before
 */
export async function insertAliases(
  sql: SqlQueryable,
  { projectId, now }: { projectId: string; now: string },
  aliases: readonly Alias[],
): Promise<Set<string>> {
  if (aliases.length === 0) return new Set();
  const rows = await sql<{ anonymous_id: string }[]>`
    INSERT INTO user_aliases (project_id, anonymous_id, user_id, created_at)
    SELECT ${projectId}::uuid, anonymous_id, user_id, ${now}::timestamptz
    FROM unnest(${aliases.map((one) => one.anonymousId)}::text[],
      ${aliases.map((one) => one.userId)}::text[]) AS row (anonymous_id, user_id)
    ON CONFLICT DO NOTHING RETURNING anonymous_id`;
  return new Set(rows.map((row) => row.anonymous_id));
}

/** The accounts that the messages of a group name for a user. */
export interface Membership {
  userId: string;
  /** The first one named. */
  firstAccountId: string;
  /** The one that holds, and since when, ISO 8601. */
  accountId: string;
  at: string;
}

/**
 * Sets the accounts that users belong to, unless a later message named another. Like whatever changes
 * many rows here, it locks them in the order of their keys, as groups of events do: no two of them wait
 * for each other in a circle.
 *
 * @param memberships - each user once
 * @returns the users that had none before
 */
export async function setAccountsOfUsers(
  sql: SqlQueryable,
  projectId: string,
  memberships: readonly Membership[],
): Promise<Set<string>> {
  if (memberships.length === 0) return new Set();
  const of = (read: (one: Membership) => string) => memberships.map(read);
  const rows = await sql<{ user_id: string; is_first: boolean }[]>`
    WITH said AS (
      SELECT user_id, first_account_id, account_id, since::timestamptz AS since
      FROM unnest(${of((one) => one.userId)}::text[], ${of((one) => one.firstAccountId)}::text[],
        ${of((one) => one.accountId)}::text[], ${of((one) => one.at)}::text[])
        AS row (user_id, first_account_id, account_id, since)
    ), before AS (
      SELECT user_id, first_account_id, account_since FROM users
      WHERE project_id = ${projectId} AND user_id = ANY(${of((one) => one.userId)}::text[])
      ORDER BY user_id COLLATE "C" FOR UPDATE
    )
    UPDATE users SET
      account_id = CASE WHEN before.account_since > said.since THEN users.account_id
        ELSE said.account_id END,
      account_since = greatest(before.account_since, said.since),
      first_account_id = coalesce(users.first_account_id, said.first_account_id)
    FROM before JOIN said ON said.user_id = before.user_id
    WHERE users.project_id = ${projectId} AND users.user_id = before.user_id
    RETURNING users.user_id, before.first_account_id IS NULL AS is_first`;
  return new Set(rows.filter((row) => row.is_first).map((row) => row.user_id));
}

/** An account whose past usage changed, and the first day of it. */
export interface ChangedUsage {
  accountId: string;
  firstDay: string;
}

/** Whose daily usage becomes whose; usage without an account goes to the one that is given. */
export interface UsageMove {
  fromUser: string;
  toUser: string;
  unattributedTo: string | null;
}

/**
 * Moves daily usage from owners to others: what anonymous visitors did to the users they became,
 * or what users did before their account was known to that account.
 *
 * @param moves - each `fromUser` once
 * @returns the accounts whose usage changed, each once
 */
export async function moveUsage(
  sql: SqlQueryable,
  projectId: string,
  moves: readonly UsageMove[],
): Promise<ChangedUsage[]> {
  if (moves.length === 0) return [];
  // By way of this process: a statement that did both would ask every node of a cluster.
  const moved = await sql<MovedUsage[]>`
    DELETE FROM daily_usage AS usage
    USING unnest(${moves.map((move) => move.fromUser)}::text[],
      ${moves.map((move) => move.toUser)}::text[],
      ${moves.map((move) => move.unattributedTo ?? "")}::text[])
      AS move (from_user, to_user, unattributed_to)
    WHERE usage.project_id = ${projectId} AND usage.user_id = move.from_user
      AND (move.from_user <> move.to_user OR usage.account_id = '')
    RETURNING CASE WHEN usage.account_id = '' THEN move.unattributed_to ELSE usage.account_id END
      AS account_id, usage.day, move.to_user AS user_id, usage.event, usage.subject,
      usage.count, usage.engaged_ms, usage.last_at`;
  if (moved.length === 0) return [];
  await addUsage(sql, projectId, moved);
  const firstDays = new Map<string, string>();
  for (const { account_id: accountId, day: midnight } of moved) {
    const day = toDay(midnight);
    const known = firstDays.get(accountId);
    if (accountId !== "" && (known === undefined || day < known)) firstDays.set(accountId, day);
  }
  return [...firstDays].map(([accountId, firstDay]) => ({ accountId, firstDay }));
}

/** A row of daily usage as it is written anew. */
interface MovedUsage {
  account_id: string;
  day: Date;
  user_id: string;
  event: string;
  subject: string;
  count: string;
  engaged_ms: string;
  last_at: Date;
}

/** Midnight UTC stands for the day. */
const toDay = (midnight: Date): string => midnight.toISOString().slice(0, 10);

async function addUsage(sql: SqlQueryable, projectId: string, rows: MovedUsage[]): Promise<void> {
  await sql`
    INSERT INTO daily_usage (project_id, account_id, day, user_id, event, subject, count,
      engaged_ms, last_at)
    SELECT ${projectId}::uuid, account_id, day, user_id, event, subject, sum(count),
      sum(engaged_ms), max(last_at)
    FROM unnest(${rows.map((row) => row.account_id)}::text[],
      ${rows.map((row) => toDay(row.day))}::text[]::date[], ${rows.map((row) => row.user_id)}::text[],
      ${rows.map((row) => row.event)}::text[], ${rows.map((row) => row.subject)}::text[],
      ${rows.map((row) => row.count)}::bigint[], ${rows.map((row) => row.engaged_ms)}::bigint[],
      ${rows.map((row) => row.last_at.toISOString())}::text[]::timestamptz[])
      AS row (account_id, day, user_id, event, subject, count, engaged_ms, last_at)
    GROUP BY account_id, day, user_id, event, subject
    ORDER BY account_id, day, user_id, event, subject
    ${sql.unsafe(ADD_USAGE)}`;
}

/** @returns by user; who has none is not in it */
export async function findFirstAccounts(
  sql: SqlQueryable,
  projectId: string,
  userIds: readonly string[],
): Promise<Map<string, string>> {
  if (userIds.length === 0) return new Map();
  const rows = await sql<{ user_id: string; account_id: string }[]>`
    SELECT user_id, first_account_id AS account_id FROM users
    WHERE project_id = ${projectId} AND user_id = ANY(${[...userIds]}::text[])
      AND first_account_id IS NOT NULL`;
  return new Map(rows.map((row) => [row.user_id, row.account_id]));
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
  changed: ChangedUsage[],
  now: string,
): Promise<void> {
  if (changed.length === 0) return;
  await sql`
    INSERT INTO rescore_queue (project_id, account_id, queued_at, reopen_from)
    SELECT ${projectId}::uuid, id, ${now}::timestamptz, day
    FROM unnest(${changed.map((one) => one.accountId)}::text[],
      ${changed.map((one) => one.firstDay)}::text[]::date[]) AS row (id, day)
    ORDER BY id
    ON CONFLICT (project_id, account_id) DO UPDATE SET
      generation = rescore_queue.generation + 1,
      reopen_from = least(rescore_queue.reopen_from, excluded.reopen_from)`;
}
