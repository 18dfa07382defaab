import type { Sql } from "../../db/client.ts";
import { yearlyValueOf } from "./account-value.ts";

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
export async function findFeatures(
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
      coalesce(sum(${yearlyValueOf(sql)}) FILTER (WHERE h.tier IN ('at_risk', 'critical')), 0)
        AS "valueAtRisk"
    FROM usage_summaries u
    JOIN accounts a ON a.project_id = u.project_id AND a.account_id = u.account_id
    LEFT JOIN account_health h ON h.project_id = u.project_id AND h.account_id = u.account_id
    WHERE u.project_id = ${projectId} AND u.event <> 'Feature Used' AND u.count > 0
    GROUP BY 1, 2 ORDER BY "valueAtRisk" DESC, count DESC LIMIT 200`;
}

/** What accounts at risk said. */
export interface RequestRow {
  accountId: string;
  name: string | null;
  value: number | null;
  text: string;
  answeredAt: Date;
}

export async function findRequests(
  sql: Sql,
  projectId: string,
  since: string,
): Promise<RequestRow[]> {
  return sql<RequestRow[]>`
    SELECT r.account_id AS "accountId", a.name, ${yearlyValueOf(sql)} AS value, r.text,
      r.answered_at AS "answeredAt"
    FROM survey_responses r
    JOIN account_health h ON h.project_id = r.project_id AND h.account_id = r.account_id
      AND h.tier IN ('at_risk', 'critical')
    JOIN accounts a ON a.project_id = r.project_id AND a.account_id = r.account_id
    WHERE r.project_id = ${projectId} AND r.answered_at > ${since}::timestamptz AND r.text <> ''
    ORDER BY value DESC NULLS LAST, r.answered_at DESC LIMIT 20`;
}

/** Options that accounts at risk chose, by the value behind them. */
export async function findChoices(
  sql: Sql,
  projectId: string,
  since: string,
): Promise<{ choice: string; accounts: number; value: number }[]> {
  return sql<{ choice: string; accounts: number; value: number }[]>`
    SELECT choice, count(*)::int AS accounts, coalesce(sum(value), 0) AS value FROM (
      SELECT DISTINCT choice, a.account_id, ${yearlyValueOf(sql)} AS value
      FROM survey_responses r
      JOIN account_health h ON h.project_id = r.project_id AND h.account_id = r.account_id
        AND h.tier IN ('at_risk', 'critical')
      JOIN accounts a ON a.project_id = r.project_id AND a.account_id = r.account_id,
      LATERAL unnest(r.choices) AS choice
      WHERE r.project_id = ${projectId} AND r.answered_at > ${since}::timestamptz
    ) asked GROUP BY 1 ORDER BY value DESC, accounts DESC LIMIT 12`;
}
