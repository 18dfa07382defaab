import { RESERVED_EVENTS } from "@telltale/protocol";
import type { ScoringModel, VitalRow } from "@telltale/scoring";
import type { SqlQueryable } from "../db/client.ts";
import type { TimeSpan } from "./queries.ts";

/**
 * Page loads of a day that stand for all of an account's. A busy account has thousands, and the 75th
 * percentile of a window hardly feels the rest. Counted by whole days, a past day has the same ones
 * whatever else is read.
 */
const VITALS_PER_DAY = 50;

/** What an account's browser measured, in milliseconds or as a share. */
export interface VitalFact extends VitalRow {
  accountId: string;
}

/** Names of the web vitals that a model weighs. */
export function vitalsOf({ signals }: ScoringModel): string[] {
  const named = signals.flatMap(({ kind, vital }) =>
    kind === "web_vital" && vital ? [vital] : [],
  );
  return [...new Set(named)];
}

/**
 * Reads what browsers measured, the first {@link VITALS_PER_DAY} of each account, vital and day in UTC.
 *
 * @param vitals - names; none: nothing is asked
 */
export async function readVitals(
  sql: SqlQueryable,
  projectId: string,
  accountIds: string[],
  { vitals, since, until }: TimeSpan & { vitals: readonly string[] },
): Promise<VitalFact[]> {
  if (vitals.length === 0) return [];
  return sql<VitalFact[]>`
    SELECT account_id AS "accountId", name, value,
      (extract(epoch FROM occurred_at) * 1000)::float8 AS at
    FROM (
      SELECT account_id, properties->>'name' AS name, (properties->>'value')::float8 AS value,
        occurred_at, row_number() OVER (
          PARTITION BY account_id, properties->>'name', (occurred_at AT TIME ZONE 'UTC')::date
          ORDER BY occurred_at, event_id
        ) AS place
      FROM events
      WHERE project_id = ${projectId} AND account_id = ANY(${accountIds})
        AND event = ${RESERVED_EVENTS.webVital} AND NOT is_bot
        AND properties->>'name' = ANY(${[...vitals]})
        AND jsonb_typeof(properties->'value') = 'number'
        AND occurred_at >= date_trunc('day', ${since}::timestamptz, 'UTC')
        AND occurred_at <= ${until}::timestamptz
    ) AS measured
    WHERE place <= ${VITALS_PER_DAY} AND occurred_at > ${since}::timestamptz
    ORDER BY account_id, occurred_at, name, place`;
}
