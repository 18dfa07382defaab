import type { SqlQueryable } from "../db/client.ts";

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
 * Sets the account that a user belongs to, unless a later message named another.
 *
 * @returns true when the user had none before
 */
export async function setAccountOfUser(
  sql: SqlQueryable,
  membership: { projectId: string; userId: string; accountId: string; at: string },
): Promise<boolean> {
  const { projectId, userId, accountId, at } = membership;
  const rows = await sql<{ is_first: boolean }[]>`
    WITH before AS (
      SELECT first_account_id, account_since FROM users
      WHERE project_id = ${projectId} AND user_id = ${userId} FOR UPDATE
    )
    UPDATE users SET
      account_id = CASE WHEN before.account_since > ${at}::timestamptz THEN users.account_id
        ELSE ${accountId} END,
      account_since = greatest(before.account_since, ${at}::timestamptz),
      first_account_id = coalesce(users.first_account_id, ${accountId})
    FROM before
    WHERE project_id = ${projectId} AND user_id = ${userId}
    RETURNING before.first_account_id IS NULL AS is_first`;
  return rows[0]?.is_first ?? false;
}

/** An account whose past usage changed, and the first day of it. */
export interface ChangedUsage {
  accountId: string;
  firstDay: string;
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
): Promise<ChangedUsage[]> {
  const { projectId, fromUser, toUser, unattributedTo } = move;
  const rows = await sql<{ account_id: string; day: string }[]>`
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
    RETURNING account_id, day::text`;
  const firstDays = new Map<string, string>();
  for (const { account_id: accountId, day } of rows) {
    const known = firstDays.get(accountId);
    if (accountId !== "" && (known === undefined || day < known)) firstDays.set(accountId, day);
  }
  return [...firstDays].map(([accountId, firstDay]) => ({ accountId, firstDay }));
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

/** What a group message says of its account besides traits; nulls say nothing. */
export interface AccountProfile {
  projectId: string;
  accountId: string;
  name: string | null;
  externalIds: string;
  createdAt: string | null;
  at: string;
}

/** Call it before the traits are merged: a name older than the last one said changes nothing. */
export async function updateAccountProfile(
  sql: SqlQueryable,
  account: AccountProfile,
): Promise<void> {
  await sql`
    UPDATE accounts SET
      name = CASE WHEN trait_times->>'name' > ${account.at} THEN name
        ELSE coalesce(${account.name}, name) END,
      external_ids = accounts.external_ids || ${account.externalIds}::text::jsonb,
      created_at = coalesce(${account.createdAt}::timestamptz, accounts.created_at)
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
