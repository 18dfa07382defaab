import { and, type SQL, sql } from "drizzle-orm";
import { accounts } from "../db/schema/accounts.ts";
import type { SegmentRule } from "../db/schema/segments.ts";

/** {@link isInSegment} for Postgres: whether a row of `accounts` is in a segment. */
export function toCondition(rules: readonly SegmentRule[]): SQL {
  return and(...rules.map(toTest)) ?? sql`true`;
}

function toTest({ trait, operator, value }: SegmentRule): SQL {
  const actual = sql`(${accounts.traits} -> ${trait}::text)`;
  const expected = sql`${JSON.stringify(value ?? null)}::text::jsonb`;
  switch (operator) {
    case "equals":
      return value === undefined
        ? sql`${actual} IS NULL`
        : sql`${actual} IS NOT DISTINCT FROM ${expected}`;
    case "not_equals":
      return value === undefined
        ? sql`${actual} IS NOT NULL`
        : sql`${actual} IS DISTINCT FROM ${expected}`;
    case "exists":
      return sql`coalesce(jsonb_typeof(${actual}) <> 'null', false)`;
    case "at_least":
      return typeof value === "number"
        ? toComparison(actual, sql`>= ${value}::float8`)
        : sql`false`;
    case "below":
      return typeof value === "number" ? toComparison(actual, sql`< ${value}::float8`) : sql`false`;
  }
}

/** Only numbers compare; the CASE keeps a text from being read as one. */
function toComparison(actual: SQL, test: SQL): SQL {
  return sql`CASE WHEN jsonb_typeof(${actual}) = 'number' THEN ${actual}::float8 ${test} ELSE false END`;
}
