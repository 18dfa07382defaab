import type { Sql } from "../../db/client.ts";

/** How far accounts came with a feature, and how those who use it stand. */
export interface FeatureRow {
  feature: string;
  /** Accounts that ever used it in 180 days. */
  explored: number;
  /** … on 3 days or more of the last 28. */
  adopted: number;
  /** … on 8 days or more of the last 28. */
  habitual: number;
  /** Used before, and not in the last 28 days. */
  left: number;
  adopters: number;
  adopterMean: number | null;
  adopterVariance: number | null;
  others: number;
  otherMean: number | null;
  otherVariance: number | null;
}

const ADOPTED_DAYS = 3;
const HABITUAL_DAYS = 8;

/** @param monthAgo - calendar day */
export async function countAdoption(
  sql: Sql,
  projectId: string,
  monthAgo: string,
): Promise<FeatureRow[]> {
  return sql<FeatureRow[]>`
    WITH book AS (
      SELECT count(*)::int AS n, coalesce(sum(score), 0) AS sum, coalesce(sum(score * score), 0) AS squares
      FROM account_health WHERE project_id = ${projectId} AND score IS NOT NULL
    ), used AS (
      SELECT u.subject AS feature, count(*)::int AS explored,
        count(*) FILTER (WHERE u.days >= ${ADOPTED_DAYS})::int AS adopted,
        count(*) FILTER (WHERE u.days >= ${HABITUAL_DAYS})::int AS habitual,
        count(*) FILTER (WHERE u.last_day <= ${monthAgo}::text::date)::int AS left,
        count(h.score) FILTER (WHERE u.days >= ${ADOPTED_DAYS})::int AS n,
        coalesce(sum(h.score) FILTER (WHERE u.days >= ${ADOPTED_DAYS}), 0) AS sum,
        coalesce(sum(h.score * h.score) FILTER (WHERE u.days >= ${ADOPTED_DAYS}), 0) AS squares
      FROM usage_summaries u
      LEFT JOIN account_health h ON h.project_id = u.project_id AND h.account_id = u.account_id
      WHERE u.project_id = ${projectId} AND u.event = 'Feature Used'
      GROUP BY 1
    )
    SELECT feature, explored, adopted, habitual, "left", used.n AS adopters,
      used.sum / nullif(used.n, 0) AS "adopterMean",
      (used.squares - used.sum * used.sum / nullif(used.n, 0)) / nullif(used.n - 1, 0) AS "adopterVariance",
      book.n - used.n AS others,
      (book.sum - used.sum) / nullif(book.n - used.n, 0) AS "otherMean",
      (book.squares - used.squares - (book.sum - used.sum) ^ 2 / nullif(book.n - used.n, 0))
        / nullif(book.n - used.n - 1, 0) AS "otherVariance"
    FROM used, book ORDER BY adopted DESC, explored DESC, feature LIMIT 60`;
}
