import { selectYearlyValue } from "../../accounts/account-value.ts";
import type { Sql } from "../../db/client.ts";

/** Something that got in people's way, or a task and how it went. */
export interface FrictionRow {
  event: string;
  subject: string;
  accounts: number;
  count: number;
  atRisk: number;
  /** Yearly value of the accounts at risk or critical that met it. */
  valueAtRisk: number;
}

export async function findFriction(sql: Sql, projectId: string): Promise<FrictionRow[]> {
  return sql<FrictionRow[]>`
    SELECT u.event, u.subject, count(*)::int AS accounts, sum(u.count)::float8 AS count,
      count(*) FILTER (WHERE h.tier IN ('at_risk', 'critical'))::int AS "atRisk",
      coalesce(sum(${selectYearlyValue(sql)}) FILTER (WHERE h.tier IN ('at_risk', 'critical')), 0)
        AS "valueAtRisk"
    FROM usage_summaries u
    JOIN accounts a ON a.project_id = u.project_id AND a.account_id = u.account_id
    LEFT JOIN account_health h ON h.project_id = u.project_id AND h.account_id = u.account_id
    WHERE u.project_id = ${projectId} AND u.event <> 'Feature Used' AND u.count > 0
    GROUP BY 1, 2 ORDER BY "valueAtRisk" DESC, count DESC LIMIT 200`;
}
