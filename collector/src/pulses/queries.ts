import type { SqlQueryable } from "../db/client.ts";
import type { Pulse } from "./schema.ts";

export interface PulseRow extends Omit<Pulse, "setAt"> {
  setAt: Date;
}

export async function insertPulse(
  sql: SqlQueryable,
  subject: { projectId: string; accountId: string },
  pulse: Pulse,
): Promise<void> {
  await sql`
    INSERT INTO pulses (project_id, account_id, set_at, tier, author, note)
    VALUES (${subject.projectId}, ${subject.accountId}, ${pulse.setAt}::timestamptz, ${pulse.tier},
      ${pulse.author}, ${pulse.note})
    ON CONFLICT (project_id, account_id, set_at) DO UPDATE SET tier = excluded.tier,
      author = excluded.author, note = excluded.note`;
}

/** Newest first. */
export async function readPulses(
  sql: SqlQueryable,
  projectId: string,
  accountId: string,
): Promise<PulseRow[]> {
  return sql<PulseRow[]>`
    SELECT tier, author, note, set_at AS "setAt" FROM pulses
    WHERE project_id = ${projectId} AND account_id = ${accountId}
    ORDER BY set_at DESC LIMIT 100`;
}

export interface DisagreementRow extends PulseRow {
  accountId: string;
  name: string | null;
  score: number;
  scoredTier: Pulse["tier"];
}

/** Accounts whose newest pulse since a moment is another tier than the score's, in order of id. */
export async function readDisagreements(
  sql: SqlQueryable,
  projectId: string,
  page: { since: string; after: string; limit: number },
): Promise<DisagreementRow[]> {
  return sql<DisagreementRow[]>`
    WITH newest AS (
      SELECT DISTINCT ON (account_id) account_id, tier, author, note, set_at FROM pulses
      WHERE project_id = ${projectId} AND set_at >= ${page.since}::timestamptz
      ORDER BY account_id, set_at DESC
    )
    SELECT newest.account_id AS "accountId", name, newest.tier, author, note, set_at AS "setAt",
      score, account_health.tier AS "scoredTier"
    FROM newest
    JOIN accounts ON accounts.project_id = ${projectId}
      AND accounts.account_id = newest.account_id
    JOIN account_health ON account_health.project_id = ${projectId}
      AND account_health.account_id = newest.account_id
    WHERE account_health.tier <> newest.tier AND account_health.tier <> 'unknown'
      AND score IS NOT NULL AND newest.account_id > ${page.after}
    ORDER BY newest.account_id LIMIT ${page.limit}`;
}
