import type { SqlQueryable } from "../db/client.ts";
import type { Outcome } from "./schema.ts";

/** The last one of an account, day and kind stays. */
export async function upsertOutcomes(
  sql: SqlQueryable,
  projectId: string,
  rows: Outcome[],
  recordedAt: string,
): Promise<void> {
  await sql`
    INSERT INTO outcomes (project_id, account_id, occurred_on, kind, value, recorded_at)
    SELECT DISTINCT ON (account_id, occurred_on, kind) ${projectId}::uuid, account_id,
      occurred_on::date, kind, value, ${recordedAt}::timestamptz
    FROM unnest(${rows.map((row) => row.accountId)}::text[],
      ${rows.map((row) => row.occurredOn)}::text[], ${rows.map((row) => row.kind)}::text[],
      ${rows.map((row) => row.value ?? null)}::float8[])
      WITH ORDINALITY AS row (account_id, occurred_on, kind, value, place)
    ORDER BY account_id, occurred_on, kind, place DESC
    ON CONFLICT (project_id, account_id, occurred_on, kind) DO UPDATE SET
      value = excluded.value, recorded_at = excluded.recorded_at`;
}

/** In the order of day, account and kind. */
export async function readOutcomes(
  sql: SqlQueryable,
  projectId: string,
  page: { accountId: string | null; after: (string | number | null)[]; limit: number },
): Promise<Outcome[]> {
  const [day, accountId, kind] = page.after.map(String);
  return sql<Outcome[]>`
    SELECT account_id AS "accountId", kind, occurred_on::text AS "occurredOn", value
    FROM outcomes
    WHERE project_id = ${projectId}
      AND (${page.accountId}::text IS NULL OR account_id = ${page.accountId})
      AND (occurred_on, account_id, kind)
        > (${day ?? "0001-01-01"}::text::date, ${accountId ?? ""}, ${kind ?? ""})
    ORDER BY occurred_on, account_id, kind LIMIT ${page.limit}`;
}

/** All outcomes of a project from a day on, for evaluation. */
export async function readOutcomesSince(
  sql: SqlQueryable,
  projectId: string,
  sinceDay: string,
): Promise<Outcome[]> {
  return sql<Outcome[]>`
    SELECT account_id AS "accountId", kind, occurred_on::text AS "occurredOn", value
    FROM outcomes
    WHERE project_id = ${projectId} AND occurred_on >= ${sinceDay}::text::date
    ORDER BY occurred_on, account_id, kind`;
}

/** The accounts that left by a calendar day, and have not come back by then. */
export async function readDeparted(
  sql: SqlQueryable,
  projectId: string,
  day: string,
): Promise<Set<string>> {
  const rows = await sql<{ accountId: string; kind: string }[]>`
    SELECT DISTINCT ON (account_id) account_id AS "accountId", kind FROM outcomes
    WHERE project_id = ${projectId} AND occurred_on <= ${day}::text::date
    ORDER BY account_id, occurred_on DESC, (kind = 'churned') DESC`;
  return new Set(rows.flatMap(({ accountId, kind }) => (kind === "churned" ? [accountId] : [])));
}

/** Those of some account ids that the project has no account of, in their order. */
export async function findUnknownAccounts(
  sql: SqlQueryable,
  projectId: string,
  accountIds: string[],
): Promise<string[]> {
  const rows = await sql<{ accountId: string }[]>`
    SELECT id AS "accountId" FROM unnest(${accountIds}::text[]) WITH ORDINALITY AS given (id, place)
    WHERE NOT EXISTS (
      SELECT 1 FROM accounts WHERE project_id = ${projectId} AND account_id = id
    ) ORDER BY place`;
  return rows.map((row) => row.accountId);
}
