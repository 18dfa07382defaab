import type { SqlQueryable } from "../db/client.ts";
import { rateComment } from "./sentiment-hint.ts";

/** How somebody felt who wrote a comment, as far as can be told. */
export interface CommentFact {
  accountId: string;
  userId: string;
  measure: "comment";
  /** 0–100, higher is happier. */
  value100: number;
  answeredAt: Date;
}

/**
 * The comments of some accounts in `(since, until]` that tell how the writer felt, in order of account
 * and time. A rating counts that was given in the same showing, before the comment or with it.
 *
 * @param span - ISO 8601
 */
export async function readCommentFacts(
  sql: SqlQueryable,
  projectId: string,
  accountIds: string[],
  span: { since: string; until: string },
): Promise<CommentFact[]> {
  const rows = await sql<
    { accountId: string; userId: string; text: string; rating: number | null; answeredAt: Date }[]
  >`
    SELECT r.account_id AS "accountId", r.user_id AS "userId", r.text,
      r.answered_at AS "answeredAt",
      (SELECT avg(beside.value_100) FROM survey_responses AS beside
        WHERE beside.project_id = ${projectId} AND beside.account_id = r.account_id
          AND beside.impression_id = r.impression_id AND beside.value_100 IS NOT NULL
          AND beside.answered_at <= r.answered_at) AS rating
    FROM survey_responses AS r
    WHERE r.project_id = ${projectId} AND r.account_id = ANY(${accountIds})
      AND r.measure = 'comment' AND r.text IS NOT NULL
      AND r.answered_at > ${span.since}::timestamptz AND r.answered_at <= ${span.until}::timestamptz
    ORDER BY r.account_id, r.answered_at, r.impression_id, r.question_id`;
  return rows.flatMap(({ accountId, userId, text, rating, answeredAt }) => {
    const value100 = rateComment(text, rating);
    return value100 === null
      ? []
      : [{ accountId, userId, measure: "comment", value100, answeredAt }];
  });
}
