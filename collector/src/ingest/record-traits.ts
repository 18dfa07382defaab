import type { SqlQueryable } from "../db/client.ts";

/** What a message says about an account or user. */
export interface SaidTraits {
  projectId: string;
  owner: "account" | "user";
  ownerId: string;
  /** A JSON object. */
  traits: string;
  /** When it was so, ISO 8601. */
  at: string;
}

/**
 * Merges traits into their owner and keeps what changed. Messages may come in any order: a trait
 * that was said later stands, and an earlier one only enters the history, with the later value put
 * after it.
 */
export async function recordTraits(sql: SqlQueryable, said: SaidTraits): Promise<void> {
  if (said.traits === "{}") return;
  const isAccount = said.owner === "account";
  const table = sql(isAccount ? "accounts" : "users");
  const key = sql(isAccount ? "account_id" : "user_id");
  await sql`
    WITH incoming AS (
      SELECT key, value FROM jsonb_each(${said.traits}::text::jsonb)
    ), known AS (
      SELECT traits, trait_times FROM ${table}
      WHERE project_id = ${said.projectId} AND ${key} = ${said.ownerId} FOR UPDATE
    ), late AS (
      SELECT key, trait_times->>key AS said_at, traits->key AS value FROM incoming, known
      WHERE trait_times->>key > ${said.at}
    ), changes AS (
      INSERT INTO trait_changes (project_id, owner_kind, owner_id, trait, changed_at, value)
      SELECT ${said.projectId}::uuid, ${said.owner}, ${said.ownerId}, key, ${said.at}::timestamptz,
        value
      FROM incoming WHERE value IS DISTINCT FROM (
        SELECT before.value FROM trait_changes AS before
        WHERE before.project_id = ${said.projectId} AND owner_kind = ${said.owner}
          AND owner_id = ${said.ownerId} AND trait = key AND changed_at <= ${said.at}::timestamptz
        ORDER BY changed_at DESC LIMIT 1)
      UNION ALL
      SELECT ${said.projectId}::uuid, ${said.owner}, ${said.ownerId}, key, said_at::timestamptz, value
      FROM late
      ON CONFLICT DO NOTHING
    )
    UPDATE ${table} SET
      traits = ${table}.traits || coalesce((
        SELECT jsonb_object_agg(key, value) FROM incoming WHERE key NOT IN (SELECT key FROM late)
      ), '{}'),
      trait_times = ${table}.trait_times || coalesce((
        SELECT jsonb_object_agg(key, ${said.at}::text) FROM incoming
        WHERE key NOT IN (SELECT key FROM late)
      ), '{}')
    WHERE project_id = ${said.projectId} AND ${key} = ${said.ownerId}`;
}
