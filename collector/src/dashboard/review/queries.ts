import type { Tier } from "@telltale/protocol";
import { selectOwner, selectYearlyValue } from "../../accounts/account-value.ts";
import type { Sql } from "../../db/client.ts";

const MOST_MOVES = 60;

/** An account whose tier is another than on a day before. */
export interface TierMoveRow {
  accountId: string;
  name: string | null;
  from: Tier;
  to: Tier;
  score: number | null;
  before: number | null;
  value: number | null;
  owner: string;
  healthNow: unknown;
  healthBefore: unknown;
}

export async function findTierMoves(
  sql: Sql,
  projectId: string,
  dayThen: string,
): Promise<TierMoveRow[]> {
  return sql<TierMoveRow[]>`
    WITH moved AS MATERIALIZED (
      SELECT a.account_id, a.name, earlier.tier AS "from", h.tier AS "to", h.score,
        earlier.score AS before, ${selectYearlyValue(sql)} AS value, ${selectOwner(sql)} AS owner
      FROM account_health h
      JOIN scores earlier ON earlier.project_id = h.project_id
        AND earlier.account_id = h.account_id AND earlier.day = ${dayThen}::text::date
      JOIN accounts a ON a.project_id = h.project_id AND a.account_id = h.account_id
      WHERE h.project_id = ${projectId} AND h.tier <> earlier.tier
      ORDER BY value DESC NULLS LAST, a.account_id LIMIT ${MOST_MOVES}
    )
    SELECT moved.account_id AS "accountId", name, "from", "to", moved.score, moved.before, value,
      owner, latest.detail AS "healthNow", earlier.detail AS "healthBefore"
    FROM moved
    JOIN scores earlier ON earlier.project_id = ${projectId}
      AND earlier.account_id = moved.account_id AND earlier.day = ${dayThen}::text::date
    JOIN LATERAL (SELECT detail FROM scores s WHERE s.project_id = ${projectId}
      AND s.account_id = moved.account_id ORDER BY day DESC LIMIT 1) latest ON true
    ORDER BY value DESC NULLS LAST, moved.account_id`;
}

/** Something that somebody wrote. */
export interface ReviewComment {
  accountId: string;
  name: string | null;
  text: string;
  value100: number | null;
  answeredAt: Date;
}

/** What was written since a moment, with the lowest number that the same prompt got. */
export async function findCommentsSince(
  sql: Sql,
  projectId: string,
  since: string,
): Promise<ReviewComment[]> {
  return sql<ReviewComment[]>`
    SELECT r.account_id AS "accountId", a.name, r.text, r.answered_at AS "answeredAt",
      (SELECT min(o.value_100) FROM survey_responses o WHERE o.project_id = ${projectId}
        AND o.account_id = r.account_id AND o.impression_id = r.impression_id) AS "value100"
    FROM survey_responses r
    LEFT JOIN accounts a ON a.project_id = r.project_id AND a.account_id = r.account_id
    WHERE r.project_id = ${projectId} AND r.answered_at > ${since}::timestamptz AND r.text <> ''
    ORDER BY r.answered_at DESC LIMIT 20`;
}
