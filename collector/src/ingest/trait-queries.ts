import type { SqlQueryable } from "../db/client.ts";

/** Whose traits they are. */
export interface TraitOwners {
  projectId: string;
  owner: "account" | "user";
}

/** What was said of an account or user, and when each was so, ISO 8601. */
export interface KnownTraits {
  values: Map<string, unknown>;
  times: Map<string, string>;
}

export interface NewTraits {
  ownerId: string;
  traits: Record<string, unknown>;
  /** ISO 8601. */
  at: string;
}

export interface TraitChange {
  ownerId: string;
  key: string;
  value: unknown;
  /** ISO 8601. */
  at: string;
}

const namesOf = (sql: SqlQueryable, { owner }: TraitOwners) => ({
  table: sql(owner === "account" ? "accounts" : "users"),
  id: sql(owner === "account" ? "account_id" : "user_id"),
});

/** Locks the owners in the order of their ids, as groups of events do, so that nobody waits in a circle. */
export async function lockTraits(
  sql: SqlQueryable,
  owners: TraitOwners,
  ownerIds: string[],
): Promise<Map<string, KnownTraits>> {
  const { table, id } = namesOf(sql, owners);
  const rows = await sql<
    { id: string; values: Record<string, unknown>; times: Record<string, string> }[]
  >`
    SELECT ${id} AS id, traits AS values, trait_times AS times FROM ${table}
    WHERE project_id = ${owners.projectId} AND ${id} = ANY(${ownerIds}::text[])
    ORDER BY ${id} COLLATE "C" FOR UPDATE`;
  const toMap = <Value>(of: Record<string, Value>) => new Map(Object.entries(of));
  return new Map(
    rows.map((row) => [row.id, { values: toMap(row.values), times: toMap(row.times) }]),
  );
}

/**
 * Adds to the history of traits.
 *
 * @param told.changes - entered where the value before was another
 * @param told.late - entered in any case: the value that stands after one of the changes
 */
export async function insertTraitChanges(
  sql: SqlQueryable,
  { projectId, owner }: TraitOwners,
  told: { changes: TraitChange[]; late: TraitChange[] },
): Promise<void> {
  const rows = [...told.changes, ...told.late];
  await sql`
    INSERT INTO trait_changes (project_id, owner_kind, owner_id, trait, changed_at, value)
    SELECT ${projectId}::uuid, ${owner}, owner_id, key, at, value
    FROM unnest(${rows.map((row) => row.ownerId)}::text[], ${rows.map((row) => row.key)}::text[],
      ${rows.map((row) => row.at)}::text[]::timestamptz[],
      ${rows.map((row) => JSON.stringify(row.value ?? null))}::text[]::jsonb[])
      WITH ORDINALITY AS row (owner_id, key, at, value, ordinal)
    WHERE ordinal > ${told.changes.length} OR value IS DISTINCT FROM (
      SELECT before.value FROM trait_changes AS before
      WHERE before.project_id = ${projectId} AND before.owner_kind = ${owner}
        AND before.owner_id = row.owner_id AND before.trait = row.key
        AND before.changed_at <= row.at
      ORDER BY before.changed_at DESC LIMIT 1)
    ON CONFLICT DO NOTHING`;
}

/** Puts these over what was known. */
export async function updateTraits(
  sql: SqlQueryable,
  owners: TraitOwners,
  news: NewTraits[],
): Promise<void> {
  const { table, id } = namesOf(sql, owners);
  const toTimes = ({ traits, at }: NewTraits) =>
    Object.fromEntries(Object.keys(traits).map((key) => [key, at]));
  await sql`
    UPDATE ${table} SET traits = ${table}.traits || news.traits,
      trait_times = ${table}.trait_times || news.trait_times
    FROM unnest(${news.map((one) => one.ownerId)}::text[],
      ${news.map((one) => JSON.stringify(one.traits))}::text[]::jsonb[],
      ${news.map((one) => JSON.stringify(toTimes(one)))}::text[]::jsonb[])
      AS news (owner_id, traits, trait_times)
    WHERE ${table}.project_id = ${owners.projectId} AND ${table}.${id} = news.owner_id`;
}
