import type { SqlQueryable } from "../db/client.ts";

/** What became of an account: calendar days, in order. */
export interface Fate {
  name: string | null;
  churnedOn: string[];
  renewedOn: string[];
}

/** The fates of all accounts of a project from a day on, up to 90 days after another. */
export async function readFates(
  sql: SqlQueryable,
  projectId: string,
  { from, to }: { from: string; to: string },
): Promise<Map<string, Fate>> {
  const rows = await sql<(Fate & { accountId: string })[]>`
    SELECT account.account_id AS "accountId", account.name,
      coalesce(array_agg(outcome.occurred_on::text ORDER BY outcome.occurred_on)
        FILTER (WHERE outcome.kind = 'churned'), '{}') AS "churnedOn",
      coalesce(array_agg(outcome.occurred_on::text ORDER BY outcome.occurred_on)
        FILTER (WHERE outcome.kind IN ('renewed', 'expanded')), '{}') AS "renewedOn"
    FROM accounts AS account
    LEFT JOIN outcomes AS outcome ON outcome.project_id = account.project_id
      AND outcome.account_id = account.account_id
      AND outcome.occurred_on >= ${from}::text::date
      AND outcome.occurred_on <= ${to}::text::date + 90
    WHERE account.project_id = ${projectId}
    GROUP BY account.account_id, account.name`;
  return new Map(rows.map(({ accountId, ...fate }) => [accountId, fate]));
}
