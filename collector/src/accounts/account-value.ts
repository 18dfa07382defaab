import type { SqlQueryable } from "../db/client.ts";

/**
 * What an account pays a year, in the project's currency, from its traits: `contract_value` or `arr` as they are, `mrr` times
 * 12; null where none is a number.
 */
export function yearlyValueOf(traits: Readonly<Record<string, unknown>>): number | null {
  return toNumber(traits.contract_value) ?? toNumber(traits.arr) ?? times12(toNumber(traits.mrr));
}

/** Whether a trait tells what an account pays. */
export const isValueTrait = (name: string): boolean =>
  ["contract_value", "arr", "mrr"].includes(name);

const toNumber = (value: unknown): number | null =>
  typeof value === "number" && Number.isFinite(value) ? value : null;

const times12 = (monthly: number | null): number | null => (monthly === null ? null : 12 * monthly);

/** {@link yearlyValueOf} for Postgres, for a table of accounts with the alias `a`. */
export const selectYearlyValue = (sql: SqlQueryable) => sql`coalesce(
  CASE WHEN jsonb_typeof(a.traits -> 'contract_value') = 'number'
    THEN (a.traits ->> 'contract_value')::float8 END,
  CASE WHEN jsonb_typeof(a.traits -> 'arr') = 'number' THEN (a.traits ->> 'arr')::float8 END,
  CASE WHEN jsonb_typeof(a.traits -> 'mrr') = 'number' THEN 12 * (a.traits ->> 'mrr')::float8 END)`;

/** Who looks after an account, from its traits, for the alias `a`; empty where nobody is named. */
export const selectOwner = (sql: SqlQueryable) =>
  sql`coalesce(a.traits ->> 'owner', a.traits ->> 'csm', a.traits ->> 'account_owner', '')`;
