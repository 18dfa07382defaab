import { selectYearlyValue } from "../../accounts/account-value.ts";
import type { Sql, SqlQueryable } from "../../db/client.ts";

/** A group of accounts with the same trait, and how it does. */
export interface SegmentRow {
  /** Trait and value, such as `plan:growth`. */
  segment: string;
  accounts: number;
  /** Accounts at risk or critical. */
  atRisk: number;
  /** What these pay a year; null where no account of the segment says. */
  valueAtRisk: number | null;
  /** Mean score now; null while nobody has one. */
  score: number | null;
  /** Mean change of the accounts that had a score then too, in points, and how many these are. */
  change: number | null;
  compared: number;
  /** Mean scores on the days asked for, oldest first; gaps are null. */
  past: (number | null)[];
}

/** The largest segments are worth a line; of a single account there is nothing to tell. */
const MOST = 12;
const LEAST_ACCOUNTS = 2;
/** A word of more letters is no name of a group. */
export const LONGEST_WORD = 120;

/** The traits that put an account in a segment, as rows of `trait:value`, for the alias `a`. */
export const selectTraitSegments = (sql: SqlQueryable) => sql`
  ('plan:' || (a.traits ->> 'plan')),
  ('industry:' || (a.traits ->> 'industry')),
  ('size:' || (a.traits ->> 'size')),
  ('region:' || (a.traits ->> 'region')),
  ('segment:' || (a.traits ->> 'segment'))`;

/**
 * How the largest segments do now, and did before.
 *
 * @param days - calendar days of the past, oldest first
 * @param since - the calendar day that the change is counted from
 */
export async function measureSegments(
  sql: Sql,
  projectId: string,
  { days, since }: { days: string[]; since: string },
): Promise<SegmentRow[]> {
  return sql<SegmentRow[]>`
    WITH members AS MATERIALIZED (
      SELECT a.account_id, word AS segment, ${selectYearlyValue(sql)} AS value
      FROM accounts a, LATERAL (VALUES ${selectTraitSegments(sql)}) AS option (word)
      WHERE a.project_id = ${projectId} AND right(word, 1) <> ':' AND length(word) < ${LONGEST_WORD}
    ), largest AS MATERIALIZED (
      SELECT segment, count(*) AS accounts FROM members
      GROUP BY segment HAVING count(*) >= ${LEAST_ACCOUNTS}
      ORDER BY count(*) DESC, segment LIMIT ${MOST}
    ), means AS (
      SELECT m.segment, s.day, avg(s.score) AS score
      FROM members m JOIN largest USING (segment)
      JOIN scores s ON s.project_id = ${projectId} AND s.account_id = m.account_id
        AND s.day = ANY(${days}::text[]::date[])
      GROUP BY 1, 2
    )
    SELECT m.segment, count(*)::int AS accounts,
      (count(*) FILTER (WHERE h.tier IN ('at_risk', 'critical')))::int AS "atRisk",
      CASE WHEN count(m.value) > 0 THEN
        coalesce(sum(m.value) FILTER (WHERE h.tier IN ('at_risk', 'critical')), 0) END
        AS "valueAtRisk",
      avg(h.score) AS score, avg(h.score - earlier.score) AS change,
      count(h.score - earlier.score)::int AS compared,
      (SELECT jsonb_agg(means.score ORDER BY asked.at)
        FROM unnest(${days}::text[]::date[]) WITH ORDINALITY AS asked (day, at)
        LEFT JOIN means ON means.segment = m.segment AND means.day = asked.day) AS past
    FROM members m JOIN largest USING (segment)
    LEFT JOIN account_health h ON h.project_id = ${projectId} AND h.account_id = m.account_id
    LEFT JOIN scores earlier ON earlier.project_id = ${projectId}
      AND earlier.account_id = m.account_id AND earlier.day = ${since}::text::date
    GROUP BY m.segment ORDER BY split_part(m.segment, ':', 1), count(*) DESC, m.segment`;
}
