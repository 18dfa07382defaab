import type { SqlQueryable } from "../db/client.ts";

/** Of a project that does not say otherwise. */
export const DEFAULT_BUDGET = 10;

export interface Spent {
  /** Cost within the last 7 days. */
  spent: number;
  /** 0: no limit. */
  budget: number;
  lastOutreachAt: Date | null;
  /** When the oldest of these contacts stops counting. */
  freeAt: Date | null;
}

export async function readSpent(
  sql: SqlQueryable,
  key: { projectId: string; accountId: string; at: string },
): Promise<Spent> {
  const [row] = await sql<Spent[]>`
    SELECT coalesce(sum(cost), 0)::int AS spent,
      max(contacted_at) FILTER (WHERE channel = 'outreach') AS "lastOutreachAt",
      min(contacted_at) + interval '7 days' AS "freeAt",
      (SELECT CASE WHEN jsonb_typeof(settings -> 'contactsPerAccountWeek') = 'number'
          THEN (settings ->> 'contactsPerAccountWeek')::float8::int ELSE ${DEFAULT_BUDGET}::int END
        FROM projects WHERE id = ${key.projectId}) AS budget
    FROM contacts
    WHERE project_id = ${key.projectId} AND account_id = ${key.accountId}
      AND contacted_at > ${key.at}::timestamptz - interval '7 days'`;
  return row ?? { spent: 0, budget: DEFAULT_BUDGET, lastOutreachAt: null, freeAt: null };
}

export async function lockAccountContacts(
  sql: SqlQueryable,
  key: { projectId: string; accountId: string },
): Promise<void> {
  const name = `${key.projectId}/${key.accountId}`;
  await sql`SELECT pg_advisory_xact_lock(hashtextextended(${name}, 31))`;
}

export async function insertContact(
  sql: SqlQueryable,
  contact: {
    projectId: string;
    accountId: string;
    id: string;
    userId: string;
    channel: string;
    cost: number;
    at: string;
  },
): Promise<void> {
  await sql`
    INSERT INTO contacts (project_id, account_id, id, user_id, channel, cost, contacted_at)
    VALUES (${contact.projectId}, ${contact.accountId}, ${contact.id}, ${contact.userId},
      ${contact.channel}, ${contact.cost}, ${contact.at}::timestamptz)`;
}
