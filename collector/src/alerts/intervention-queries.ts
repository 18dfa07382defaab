import type { FlaggedSpell } from "@telltale/scoring";
import type { SqlQueryable } from "../db/client.ts";

/** Each account's first tier alert of a span, and what became of it. */
export async function readSpells(
  sql: SqlQueryable,
  projectId: string,
  span: { since: string; until: string; returnDays: number },
): Promise<FlaggedSpell[]> {
  return sql<FlaggedSpell[]>`
    WITH flagged AS (
      SELECT DISTINCT ON (account_id) account_id, opened_at,
        (outcome IN ('contacted', 'fixed')) IS TRUE AS is_treated
      FROM alerts
      WHERE project_id = ${projectId} AND rule = 'tier' AND account_id <> ''
        AND opened_at >= ${span.since}::timestamptz AND opened_at <= ${span.until}::timestamptz
      ORDER BY account_id, opened_at
    )
    SELECT flagged.account_id AS "accountId", is_treated AS "isTreated",
      coalesce((SELECT score FROM scores WHERE scores.project_id = ${projectId}
        AND scores.account_id = flagged.account_id AND day <= opened_at::date
        ORDER BY day DESC LIMIT 1), 0) AS "scoreAtFlag",
      (extract(epoch FROM opened_at - account.created_at) / 86400)::float8 AS "tenureDays",
      coalesce((SELECT value FROM observations WHERE observations.project_id = ${projectId}
        AND observations.account_id = flagged.account_id AND series = 'contract_value'
        AND observed_at <= opened_at ORDER BY observed_at DESC LIMIT 1), 0) AS value,
      EXISTS (SELECT 1 FROM scores WHERE scores.project_id = ${projectId}
        AND scores.account_id = flagged.account_id AND tier = 'healthy'
        AND day > opened_at::date AND day <= opened_at::date + ${span.returnDays}::int
      ) AS "isBackToHealthy",
      (SELECT kind <> 'churned' FROM outcomes WHERE outcomes.project_id = ${projectId}
        AND outcomes.account_id = flagged.account_id AND occurred_on >= opened_at::date
        ORDER BY occurred_on LIMIT 1) AS "isRetained"
    FROM flagged JOIN accounts AS account
      ON account.project_id = ${projectId} AND account.account_id = flagged.account_id`;
}
