import type { SqlQueryable } from "../db/client.ts";

/** What a message says about an account or user. */
export interface SaidTraits {
  ownerId: string;
  traits: Record<string, unknown>;
  /** {@link traits} as JSON. */
  json: string;
  /** When it was so, ISO 8601. */
  at: string;
}

/** Whose traits they are. */
export type TraitOwner = "account" | "user";

/**
 * Merges traits into their owners and keeps what changed. Messages may come in any order: a trait
 * that was said later stands, and an earlier one only enters the history, with the later value put
 * after it.
 *
 * @param said - in the order of arrival
 */
export async function recordTraits(
  sql: SqlQueryable,
  { projectId, owner }: { projectId: string; owner: TraitOwner },
  said: readonly SaidTraits[],
): Promise<void> {
  for (const round of toRounds(said)) await mergeTraits(sql, { projectId, owner }, round);
}

/**
 * Portions in which each owner has one message. Of the same said again and again, each time later,
 * the first and the last time count.
 */
export function toRounds(said: readonly SaidTraits[]): SaidTraits[][] {
  const perOwner = new Map<string, SaidTraits[]>();
  for (const one of said) {
    if (one.json === "{}") continue;
    const turns = perOwner.get(one.ownerId) ?? [];
    const [before, last] = turns.slice(-2);
    const isSame = (other: SaidTraits | undefined) =>
      other !== undefined && other.json === one.json && other.at <= one.at;
    if (isSame(last) && isSame(before)) turns.pop();
    turns.push(one);
    perOwner.set(one.ownerId, turns);
  }
  const rounds: SaidTraits[][] = [];
  for (const turns of perOwner.values()) {
    for (const [at, turn] of turns.entries()) {
      const round = rounds[at] ?? [];
      round.push(turn);
      rounds[at] = round;
    }
  }
  return rounds;
}

/** Locks the owners in the order of their ids, as groups of events do, so that nobody waits in a circle. */
async function mergeTraits(
  sql: SqlQueryable,
  { projectId, owner }: { projectId: string; owner: TraitOwner },
  said: readonly SaidTraits[],
): Promise<void> {
  const table = sql(owner === "account" ? "accounts" : "users");
  const id = sql(owner === "account" ? "account_id" : "user_id");
  const rows = said.flatMap(({ ownerId, traits, at }) =>
    Object.entries(traits).map(([key, value]) => ({ ownerId, key, value, at })),
  );
  await sql`
    WITH incoming AS (
      SELECT owner_id, key, value::jsonb AS value, said_at
      FROM unnest(${rows.map((row) => row.ownerId)}::text[], ${rows.map((row) => row.key)}::text[],
        ${rows.map((row) => JSON.stringify(row.value))}::text[],
        ${rows.map((row) => row.at)}::text[]) AS row (owner_id, key, value, said_at)
    ), known AS (
      SELECT ${id} AS owner_id, traits, trait_times FROM ${table}
      WHERE project_id = ${projectId} AND ${id} = ANY(${said.map((one) => one.ownerId)}::text[])
      ORDER BY ${id} COLLATE "C" FOR UPDATE
    ), late AS (
      SELECT owner_id, key, trait_times->>key AS said_at, traits->key AS value
      FROM incoming JOIN known USING (owner_id)
      WHERE trait_times->>key > incoming.said_at
    ), changes AS (
      INSERT INTO trait_changes (project_id, owner_kind, owner_id, trait, changed_at, value)
      SELECT ${projectId}::uuid, ${owner}, owner_id, key, said_at::timestamptz, value
      FROM incoming WHERE value IS DISTINCT FROM (
        SELECT before.value FROM trait_changes AS before
        WHERE before.project_id = ${projectId} AND before.owner_kind = ${owner}
          AND before.owner_id = incoming.owner_id AND before.trait = incoming.key
          AND before.changed_at <= incoming.said_at::timestamptz
        ORDER BY before.changed_at DESC LIMIT 1)
      UNION ALL
      SELECT ${projectId}::uuid, ${owner}, owner_id, key, said_at::timestamptz, value FROM late
      ON CONFLICT DO NOTHING
    ), news AS (
      SELECT owner_id, jsonb_object_agg(key, value) AS traits,
        jsonb_object_agg(key, said_at) AS trait_times
      FROM incoming
      WHERE (owner_id, key) NOT IN (SELECT owner_id, key FROM late)
      GROUP BY owner_id
    )
    UPDATE ${table} SET traits = ${table}.traits || news.traits,
      trait_times = ${table}.trait_times || news.trait_times
    FROM news WHERE ${table}.project_id = ${projectId} AND ${table}.${id} = news.owner_id`;
}
