import type { Sql, SqlQueryable } from "../db/client.ts";
import { PERSONAL_TABLES, type PersonalTable } from "./personal-tables.ts";

/** A user with the anonymous ids that it was known by. */
export interface Person {
  projectId: string;
  userId: string;
  visitorIds: string[];
}

export async function findVisitorIds(
  sql: SqlQueryable,
  projectId: string,
  userId: string,
): Promise<string[]> {
  const rows = await sql<{ anonymous_id: string }[]>`
    SELECT anonymous_id FROM user_aliases
    WHERE project_id = ${projectId} AND user_id = ${userId} ORDER BY anonymous_id`;
  return rows.map((row) => row.anonymous_id);
}

/** Whether anything of this user is there. */
export async function hasUser(sql: SqlQueryable, person: Person): Promise<boolean> {
  const rows = await sql`
    SELECT 1 FROM users WHERE project_id = ${person.projectId} AND user_id = ${person.userId}`;
  return rows.length > 0;
}

function isPerson(sql: SqlQueryable, table: PersonalTable, person: Person) {
  const { userColumn, visitorColumn } = table;
  const owners = [person.userId, ...person.visitorIds.map((id) => `anon:${id}`)];
  const user = userColumn ? sql`${sql(userColumn)} = ANY(${owners})` : sql`false`;
  const visitor = visitorColumn
    ? sql`(${sql(visitorColumn)} = ANY(${person.visitorIds}) AND ${sql(userColumn ?? visitorColumn)} IN ('', ${person.userId}))`
    : sql`false`;
  return sql`project_id = ${person.projectId} AND (${user} OR ${visitor})`;
}

/** The rows of a table that are about a person, in portions. */
export function readRows(
  sql: Sql,
  table: PersonalTable,
  person: Person,
): AsyncIterable<{ row: object }[]> {
  return sql<{ row: object }[]>`
    SELECT to_jsonb(t) - 'project_id' AS row FROM ${sql(table.table)} AS t
    WHERE ${isPerson(sql, table, person)}`.cursor(500);
}

export async function listTraitChanges(sql: Sql, person: Person): Promise<object[]> {
  return sql<object[]>`
    SELECT trait, changed_at AS "changedAt", value FROM trait_changes
    WHERE project_id = ${person.projectId} AND owner_kind = 'user' AND owner_id = ${person.userId}
    ORDER BY changed_at`;
}

/**
 * Writes down that a person is erased. The lock waits for the groups of events under way, and lets
 * no other begin until the tombstone stands: nothing slips in between it and the erasure.
 */
export async function insertTombstones(
  sql: SqlQueryable,
  person: Person,
  now: string,
): Promise<void> {
  await sql`LOCK TABLE events IN SHARE ROW EXCLUSIVE MODE`;
  const names = [`user:${person.userId}`, ...person.visitorIds.map((id) => `anon:${id}`)];
  await sql`
    INSERT INTO erased_people (project_id, person_hash, erased_at)
    SELECT ${person.projectId}::uuid, sha256(convert_to(name, 'UTF8')), ${now}::timestamptz
    FROM unnest(${names}::text[]) AS name
    ON CONFLICT DO NOTHING`;
}

/** What the person did in accounts, from the first day on: their scores rest on less now. */
export async function listUsedAccounts(
  sql: SqlQueryable,
  person: Person,
): Promise<{ accountId: string; firstDay: string }[]> {
  const owners = [person.userId, ...person.visitorIds.map((id) => `anon:${id}`)];
  return sql<{ accountId: string; firstDay: string }[]>`
    SELECT account_id AS "accountId", min(day)::text AS "firstDay" FROM daily_usage
    WHERE project_id = ${person.projectId} AND user_id = ANY(${owners}) AND account_id <> ''
    GROUP BY account_id`;
}

/** @returns rows removed or changed, by table */
export async function eraseRows(
  sql: SqlQueryable,
  person: Person,
): Promise<{ [table: string]: number }> {
  const erased: { [table: string]: number } = {};
  for (const table of PERSONAL_TABLES) {
    const isTheirs = isPerson(sql, table, person);
    const name = sql(table.table);
    const result =
      table.erasure === "delete"
        ? await sql`DELETE FROM ${name} WHERE ${isTheirs}`
        : await sql`UPDATE ${name} SET ${sql(table.userColumn as string)} = '' WHERE ${isTheirs}`;
    erased[table.table] = result.count;
  }
  const { projectId, userId } = person;
  const traits = await sql`
    DELETE FROM trait_changes
    WHERE project_id = ${projectId} AND owner_kind = 'user' AND owner_id = ${userId}`;
  erased.trait_changes = traits.count;
  erased.webhook_messages = await eraseMessages(sql, person);
  return erased;
}

/** Webhooks that tell of the person, sent or not. */
async function eraseMessages(sql: SqlQueryable, person: Person): Promise<number> {
  const { projectId } = person;
  // The text is our own: as this, a field and its value stand nowhere else in it.
  const marks = [person.userId, ...person.visitorIds].map((id) => `"userId":${JSON.stringify(id)}`);
  const messages = await sql<{ id: string }[]>`
    DELETE FROM webhook_messages WHERE project_id = ${projectId}
      AND EXISTS (SELECT 1 FROM unnest(${marks}::text[]) AS mark WHERE strpos(body, mark) > 0)
    RETURNING id`;
  const messageIds = messages.map(({ id }) => id);
  await sql`
    DELETE FROM webhook_attempts WHERE project_id = ${projectId} AND delivery_id IN (
      SELECT id FROM webhook_deliveries
      WHERE project_id = ${projectId} AND message_id = ANY(${messageIds}::uuid[]))`;
  await sql`
    DELETE FROM webhook_deliveries
    WHERE project_id = ${projectId} AND message_id = ANY(${messageIds}::uuid[])`;
  return messages.length;
}
