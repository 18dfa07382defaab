import type { Tier } from "@telltale/protocol";
import type { Sql } from "../../db/client.ts";

/** What an account's newest score was made of. */
export interface ComponentValuesRow {
  accountId: string;
  name: string | null;
  score: number;
  tier: Tier;
  /** By component key, 0–100; missing ones are left out. */
  values: Record<string, number>;
  /** What overrides did to the score, in points. */
  override: number;
}

/** The component values of every scored account on a day. */
export async function readComponentValues(
  sql: Sql,
  projectId: string,
): Promise<ComponentValuesRow[]> {
  return sql<ComponentValuesRow[]>`
    SELECT h.account_id AS "accountId", a.name, h.score, h.tier,
      (SELECT coalesce(jsonb_object_agg(part ->> 'key', part -> 'value'), '{}')
        FROM jsonb_array_elements(latest.detail -> 'components') part
        WHERE jsonb_typeof(part -> 'value') = 'number') AS "values",
      (SELECT coalesce(sum((driver ->> 'contribution')::float8), 0)
        FROM jsonb_array_elements(latest.detail -> 'drivers') driver
        WHERE driver ->> 'kind' = 'override') AS override
    FROM account_health h
    JOIN accounts a ON a.project_id = h.project_id AND a.account_id = h.account_id
    JOIN LATERAL (SELECT detail FROM scores s WHERE s.project_id = h.project_id
      AND s.account_id = h.account_id ORDER BY day DESC LIMIT 1) latest ON true
    WHERE h.project_id = ${projectId} AND h.score IS NOT NULL`;
}
