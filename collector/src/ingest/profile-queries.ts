import type { SqlQueryable } from "../db/client.ts";

/** What group messages say of an account besides traits; nulls say nothing. */
export interface AccountProfile {
  accountId: string;
  name: string | null;
  /** When the name was said, ISO 8601. */
  at: string;
  /** A JSON object. */
  externalIds: string;
  createdAt: string | null;
}

/**
 * Call it before the traits are merged: a name older than the last one said changes nothing.
 *
 * @param profiles - each account once
 */
export async function updateAccountProfiles(
  sql: SqlQueryable,
  projectId: string,
  profiles: readonly AccountProfile[],
): Promise<void> {
  if (profiles.length === 0) return;
  await sql`
    WITH said AS (
      SELECT account_id, name, at, external_ids::jsonb, created_at::timestamptz
      FROM unnest(${profiles.map((one) => one.accountId)}::text[],
        ${profiles.map((one) => one.name)}::text[], ${profiles.map((one) => one.at)}::text[],
        ${profiles.map((one) => one.externalIds)}::text[],
        ${profiles.map((one) => one.createdAt)}::text[])
        AS row (account_id, name, at, external_ids, created_at)
    ), locked AS (
      SELECT account_id FROM accounts
      WHERE project_id = ${projectId}
        AND account_id = ANY(${profiles.map((one) => one.accountId)}::text[])
      ORDER BY account_id COLLATE "C" FOR UPDATE
    )
    UPDATE accounts SET
      name = CASE WHEN accounts.trait_times->>'name' > said.at THEN accounts.name
        ELSE coalesce(said.name, accounts.name) END,
      external_ids = accounts.external_ids || said.external_ids,
      created_at = coalesce(said.created_at, accounts.created_at)
    FROM locked JOIN said USING (account_id)
    WHERE accounts.project_id = ${projectId} AND accounts.account_id = locked.account_id`;
}
