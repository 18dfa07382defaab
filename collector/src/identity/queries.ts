import type { SqlQueryable } from "../db/client.ts";

/** Stored messages of a day that named an account, with a proof of identity and without. */
export interface ProofCount {
  projectId: string;
  accountId: string;
  /** Calendar day, UTC. */
  day: string;
  signed: number;
  unsigned: number;
}

/** Adds to the counts of days: all of them, or none. */
export async function addProofCounts(sql: SqlQueryable, rows: ProofCount[]): Promise<void> {
  await sql`
    INSERT INTO identity_counts (project_id, account_id, day, signed, unsigned)
    SELECT project_id, account_id, day::date, signed, unsigned
    FROM unnest(${rows.map(({ projectId }) => projectId)}::uuid[],
      ${rows.map(({ accountId }) => accountId)}::text[], ${rows.map(({ day }) => day)}::text[],
      ${rows.map(({ signed }) => signed)}::int[], ${rows.map(({ unsigned }) => unsigned)}::int[])
      AS row (project_id, account_id, day, signed, unsigned)
    ON CONFLICT (project_id, account_id, day) DO UPDATE
    SET signed = identity_counts.signed + excluded.signed,
      unsigned = identity_counts.unsigned + excluded.unsigned`;
}

/** @param since - calendar day that no longer counts */
export async function sumProofCounts(
  sql: SqlQueryable,
  projectId: string,
  { accountIds, since }: { accountIds: string[]; since: string },
): Promise<Pick<ProofCount, "accountId" | "signed" | "unsigned">[]> {
  return sql<Pick<ProofCount, "accountId" | "signed" | "unsigned">[]>`
    SELECT account_id AS "accountId", sum(signed)::float8 AS signed, sum(unsigned)::float8 AS unsigned
    FROM identity_counts
    WHERE project_id = ${projectId} AND account_id = ANY(${accountIds}::text[])
      AND day > ${since}::text::date
    GROUP BY 1`;
}

/** @param day - calendar day; what is of it or older goes */
export async function deleteProofCountsUntil(sql: SqlQueryable, day: string): Promise<void> {
  await sql`DELETE FROM identity_counts WHERE day <= ${day}::text::date`;
}
