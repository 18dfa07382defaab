import type { Sql } from "../../db/client.ts";

/**
 * What an account pays a year, from its traits: `contract_value` or `arr` as they are, `mrr` times
 * 12; null where none is a number. For a table with the alias `a`.
 */
export const yearlyValueOf = (sql: Sql) => sql`coalesce(
  CASE WHEN jsonb_typeof(a.traits -> 'contract_value') = 'number'
    THEN (a.traits ->> 'contract_value')::float8 END,
  CASE WHEN jsonb_typeof(a.traits -> 'arr') = 'number' THEN (a.traits ->> 'arr')::float8 END,
  CASE WHEN jsonb_typeof(a.traits -> 'mrr') = 'number' THEN 12 * (a.traits ->> 'mrr')::float8 END)`;

/** Who looks after an account, from its traits; empty where nobody is named. */
export const ownerOf = (sql: Sql) =>
  sql`coalesce(a.traits ->> 'owner', a.traits ->> 'csm', a.traits ->> 'account_owner', '')`;
