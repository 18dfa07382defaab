import { selectYearlyValue } from "../../accounts/account-value.ts";
import type { Sql } from "../../db/client.ts";
import { firstIdAt } from "../../operations/partitions.ts";

/** A feature that accounts took up right after another one. */
export interface FeatureStep {
  from: string;
  to: string;
  accounts: number;
  /** Median days from the one to the other. */
  days: number;
}

const LEAST_ACCOUNTS = 3;

/**
 * Which feature accounts take up after which, by the first day of each. Only accounts that began
 * after a day count: of the others the first days are not known.
 *
 * @param begunAfter - calendar day
 */
export async function countFeatureSteps(
  sql: Sql,
  projectId: string,
  begunAfter: string,
): Promise<FeatureStep[]> {
  return sql<FeatureStep[]>`
    SELECT "from", "to", count(*)::int AS accounts,
      percentile_cont(0.5) WITHIN GROUP (ORDER BY day - from_day) AS days
    FROM (
      SELECT lag(u.subject) OVER path AS "from", u.subject AS "to",
        lag(u.first_day) OVER path AS from_day, u.first_day AS day
      FROM usage_summaries u
      JOIN accounts a ON a.project_id = u.project_id AND a.account_id = u.account_id
      WHERE u.project_id = ${projectId} AND u.event = 'Feature Used'
        AND a.created_at > ${begunAfter}::text::date
      WINDOW path AS (PARTITION BY u.account_id ORDER BY u.first_day, u.subject)
    ) step WHERE "from" IS NOT NULL AND day > from_day
    GROUP BY 1, 2 HAVING count(*) >= ${LEAST_ACCOUNTS}
    ORDER BY accounts DESC, days, "from", "to" LIMIT 12`;
}

/** What got in people's way at a feature. */
export interface FeatureFriction {
  feature: string;
  /** `rage_click`, `dead_click` … */
  kind: string;
  count: number;
  accounts: number;
  atRisk: number;
  /** Yearly value of the accounts at risk or critical that met it. */
  valueAtRisk: number;
}

/**
 * Friction on elements that name their feature.
 *
 * @param since - milliseconds since the epoch
 */
export async function countFeatureFriction(
  sql: Sql,
  projectId: string,
  since: number,
): Promise<FeatureFriction[]> {
  return sql<FeatureFriction[]>`
    SELECT met.feature, met.kind, sum(met.count)::int AS count, count(*)::int AS accounts,
      count(*) FILTER (WHERE h.tier IN ('at_risk', 'critical'))::int AS "atRisk",
      coalesce(sum(${selectYearlyValue(sql)}) FILTER (WHERE h.tier IN ('at_risk', 'critical')), 0)
        AS "valueAtRisk"
    FROM (
      SELECT account_id, properties ->> 'feature' AS feature, subject AS kind, count(*) AS count
      FROM events WHERE project_id = ${projectId} AND event = 'Friction'
        AND event_id >= ${firstIdAt(since)}::text::uuid
        AND occurred_at >= ${new Date(since).toISOString()}::timestamptz
        AND properties ->> 'feature' <> ''
      GROUP BY 1, 2, 3
    ) met
    JOIN accounts a ON a.project_id = ${projectId} AND a.account_id = met.account_id
    LEFT JOIN account_health h ON h.project_id = ${projectId} AND h.account_id = met.account_id
    GROUP BY 1, 2 ORDER BY "valueAtRisk" DESC, count DESC LIMIT 15`;
}
