import type { Tier } from "@telltale/protocol";
import { selectYearlyValue } from "../../accounts/account-value.ts";
import type { Sql } from "../../db/client.ts";

/** What an account's newest score was made of. */
export interface StandingRow {
  accountId: string;
  name: string | null;
  traits: Record<string, unknown>;
  tier: Tier;
  value: number | null;
  createdAt: Date;
  /** Of each component its key; its signals' keys, units, values, places on the common scale. */
  components: [string, string[], string[], (number | null)[], (number | null)[]][];
}

/**
 * The newest signals of every scored account, or of one. Paths instead of a second function over the
 * first one's rows: that, in a statement over distributed tables, makes Citus 13.2 crash.
 */
export async function readStandingRows(
  sql: Sql,
  projectId: string,
  accountId: string | null,
): Promise<StandingRow[]> {
  return sql<StandingRow[]>`
    SELECT h.account_id AS "accountId", a.name, a.traits, h.tier, ${selectYearlyValue(sql)} AS value,
      a.created_at AS "createdAt",
      (SELECT coalesce(jsonb_agg(jsonb_build_array(part -> 'key',
          jsonb_path_query_array(part, '$.signals[*].key'),
          jsonb_path_query_array(part, '$.signals[*].unit'),
          jsonb_path_query_array(part, '$.signals[*].value'),
          jsonb_path_query_array(part, '$.signals[*].normalized'))), '[]')
        FROM jsonb_array_elements(latest.detail -> 'components') part) AS components
    FROM account_health h
    JOIN accounts a ON a.project_id = h.project_id AND a.account_id = h.account_id
    JOIN LATERAL (SELECT detail FROM scores s WHERE s.project_id = ${projectId}
      AND s.account_id = h.account_id ORDER BY day DESC LIMIT 1) latest ON true
    WHERE h.project_id = ${projectId}
      AND ${accountId === null ? sql`h.score IS NOT NULL` : sql`h.account_id = ${accountId}`}`;
}
