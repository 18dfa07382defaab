import type { Tier } from "@telltale/protocol";
import type { Sql } from "../../db/client.ts";

/** How many accounts a tier had on a day. */
export interface TierDay {
  /** Calendar day. */
  day: string;
  tier: Tier;
  accounts: number;
}

/** @param days - calendar days */
export async function countTiers(sql: Sql, projectId: string, days: string[]): Promise<TierDay[]> {
  return sql<TierDay[]>`
    SELECT day::text AS day, tier, accounts FROM (
      SELECT day, tier, count(*)::int AS accounts FROM scores
      WHERE project_id = ${projectId} AND day = ANY(${days}::text[]::date[]) GROUP BY 1, 2
    ) counted`;
}

/** A summary as it is stored. */
export interface StoredSummary {
  asOf: Date;
  /** Calendar day on which it was made. */
  day: string;
  detail: unknown;
}

export async function findBookSummary(sql: Sql, projectId: string): Promise<StoredSummary | null> {
  const [row] = await sql<StoredSummary[]>`
    SELECT as_of AS "asOf", day::text AS day, detail FROM book_summaries
    WHERE project_id = ${projectId}`;
  return row ?? null;
}

export async function upsertBookSummary(
  sql: Sql,
  projectId: string,
  { asOf, day, detail }: StoredSummary,
): Promise<void> {
  await sql`
    INSERT INTO book_summaries (project_id, as_of, day, detail)
    VALUES (${projectId}, ${asOf.toISOString()}::timestamptz, ${day}::text::date,
      ${JSON.stringify(detail)}::text::jsonb)
    ON CONFLICT (project_id) DO UPDATE SET as_of = excluded.as_of, day = excluded.day,
      detail = excluded.detail`;
}
