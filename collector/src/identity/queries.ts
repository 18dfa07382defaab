import type { SqlQueryable } from "../db/client.ts";

/** Messages that named an account, with a proof of identity and without. */
export interface ProofCount {
  accountId: string;
  signed: number;
  unsigned: number;
}

/** @param day - calendar day */
export async function addProofCounts(
  sql: SqlQueryable,
  projectId: string,
  { day, counts }: { day: string; counts: ProofCount[] },
): Promise<void> {
  // In one order, so that two requests never wait for each other.
  const rows = counts.toSorted((a, b) => (a.accountId < b.accountId ? -1 : 1));
  await sql`
    INSERT INTO identity_counts (project_id, account_id, day, signed, unsigned)
    SELECT ${projectId}::uuid, account_id, ${day}::text::date, signed, unsigned
    FROM unnest(${rows.map(({ accountId }) => accountId)}::text[],
      ${rows.map(({ signed }) => signed)}::int[], ${rows.map(({ unsigned }) => unsigned)}::int[])
      AS row (account_id, signed, unsigned)
    ON CONFLICT (project_id, account_id, day) DO UPDATE
    SET signed = identity_counts.signed + excluded.signed,
      unsigned = identity_counts.unsigned + excluded.unsigned`;
}

/** @param since - calendar day that no longer counts */
export async function sumProofCounts(
  sql: SqlQueryable,
  projectId: string,
  { accountIds, since }: { accountIds: string[]; since: string },
): Promise<ProofCount[]> {
  return sql<ProofCount[]>`
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
