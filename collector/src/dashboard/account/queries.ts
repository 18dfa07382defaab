import type { Tier } from "@telltale/protocol";
import { selectOwner, selectYearlyValue } from "../../accounts/account-value.ts";
import type { Sql } from "../../db/client.ts";

/** An account's own facts, and its health as it was last written. */
export interface AccountFactsRow {
  accountId: string;
  name: string | null;
  traits: Record<string, unknown>;
  externalIds: Record<string, string>;
  createdAt: Date;
  lastSeenAt: Date;
  value: number | null;
  owner: string;
  tierSince: Date | null;
  health: unknown;
}

export async function findAccountFacts(
  sql: Sql,
  projectId: string,
  accountId: string,
): Promise<AccountFactsRow | null> {
  const [row] = await sql<AccountFactsRow[]>`
    SELECT a.account_id AS "accountId", a.name, a.traits, a.external_ids AS "externalIds",
      a.created_at AS "createdAt", a.last_seen_at AS "lastSeenAt", ${selectYearlyValue(sql)} AS value,
      ${selectOwner(sql)} AS owner, h.tier_since AS "tierSince", latest.detail AS health
    FROM accounts a
    LEFT JOIN account_health h ON h.project_id = a.project_id AND h.account_id = a.account_id
    LEFT JOIN LATERAL (SELECT detail FROM scores s WHERE s.project_id = ${projectId}
      AND s.account_id = a.account_id ORDER BY day DESC LIMIT 1) latest ON true
    WHERE a.project_id = ${projectId} AND a.account_id = ${accountId}`;
  return row ?? null;
}

/** A day of an account's history. */
export interface HistoryDay {
  day: string;
  score: number | null;
  tier: Tier;
  modelVersion: string;
}

export async function readHistory(
  sql: Sql,
  projectId: string,
  accountId: string,
  since: string,
): Promise<HistoryDay[]> {
  return sql<HistoryDay[]>`
    SELECT day::text AS day, score, tier, model_version AS "modelVersion" FROM scores
    WHERE project_id = ${projectId} AND account_id = ${accountId} AND day > ${since}::text::date
    ORDER BY day`;
}

/** The whole health of some days, oldest first. */
export async function readHealthOfDays(
  sql: Sql,
  projectId: string,
  accountId: string,
  days: string[],
): Promise<{ day: string; health: unknown }[]> {
  return sql<{ day: string; health: unknown }[]>`
    SELECT day::text AS day, detail AS health FROM scores
    WHERE project_id = ${projectId} AND account_id = ${accountId}
      AND day = ANY(${days}::text[]::date[]) ORDER BY day`;
}

/** Someone who uses the product for the account. */
export interface AccountUserRow {
  userId: string;
  name: string | null;
  email: string | null;
  lastSeenAt: Date;
  /** Days with use among the last 28. */
  days: number;
  /** Of all users of the account, those beyond the listed ones too. */
  total: number;
}

/** The twelve who used it most: members, and who only did something there. */
export async function findAccountUsers(
  sql: Sql,
  projectId: string,
  accountId: string,
  since: string,
): Promise<AccountUserRow[]> {
  return sql<AccountUserRow[]>`
    WITH used AS (
      SELECT user_id, count(DISTINCT day)::int AS days
      FROM daily_usage WHERE project_id = ${projectId} AND account_id = ${accountId}
        AND day > ${since}::text::date AND user_id <> '' GROUP BY 1
    ), known AS (
      SELECT user_id FROM users WHERE project_id = ${projectId} AND account_id = ${accountId}
      UNION SELECT user_id FROM used
    )
    SELECT count(*) OVER ()::int AS total, u.user_id AS "userId",
      u.traits ->> 'name' AS name, u.traits ->> 'email' AS email, u.last_seen_at AS "lastSeenAt", coalesce(used.days, 0) AS days
    FROM known JOIN users u ON u.project_id = ${projectId} AND u.user_id = known.user_id
    LEFT JOIN used ON used.user_id = u.user_id
    ORDER BY days DESC, u.last_seen_at DESC LIMIT 12`;
}

/** How an account used a feature, week by week. */
export interface FeatureWeeks {
  feature: string;
  firstDay: string;
  lastDay: string;
  /** Uses in the last 28 days, and by how many people. */
  uses: number;
  users: number;
  /** Week before today, from 0, and its uses. */
  weeks: [number, number][];
}

/**
 * Every feature since a day, in the order in which the account took them up.
 *
 * @param days - calendar days: today, the first of the weeks, and 28 days ago
 */
export async function readFeatureWeeks(
  sql: Sql,
  account: { projectId: string; accountId: string },
  days: { today: string; since: string; monthAgo: string },
): Promise<FeatureWeeks[]> {
  return sql<FeatureWeeks[]>`
    WITH used AS (
      SELECT subject, day, user_id, count FROM daily_usage
      WHERE project_id = ${account.projectId} AND account_id = ${account.accountId}
        AND event = 'Feature Used' AND subject <> ''
    ), weekly AS (
      SELECT subject, (${days.today}::text::date - day) / 7 AS week, sum(count)::float8 AS count
      FROM used WHERE day > ${days.since}::text::date GROUP BY 1, 2
    )
    SELECT subject AS feature, min(day)::text AS "firstDay", max(day)::text AS "lastDay",
      coalesce(sum(count) FILTER (WHERE day > ${days.monthAgo}::text::date), 0)::float8 AS uses,
      count(DISTINCT user_id) FILTER (WHERE day > ${days.monthAgo}::text::date)::int AS users,
      coalesce((SELECT jsonb_agg(jsonb_build_array(week, weekly.count)) FROM weekly
        WHERE weekly.subject = used.subject), '[]') AS weeks
    FROM used GROUP BY subject ORDER BY min(day), subject LIMIT 60`;
}

/** When an account reached a milestone. */
export async function findReachedMilestones(
  sql: Sql,
  account: { projectId: string; accountId: string },
): Promise<{ milestone: string; reachedAt: Date }[]> {
  return sql<{ milestone: string; reachedAt: Date }[]>`
    SELECT milestone, reached_at AS "reachedAt" FROM milestones_reached
    WHERE project_id = ${account.projectId} AND account_id = ${account.accountId}
    ORDER BY reached_at LIMIT 50`;
}

/** An answer, in the person's own words where there are any. */
export interface AnswerRow {
  survey: string | null;
  surveyId: string;
  userId: string;
  userName: string | null;
  measure: string;
  value: number | null;
  value100: number | null;
  choices: string[];
  text: string | null;
  answeredAt: Date;
}

export async function findAnswers(
  sql: Sql,
  projectId: string,
  accountId: string,
): Promise<AnswerRow[]> {
  return sql<AnswerRow[]>`
    SELECT s.name AS survey, r.survey_id AS "surveyId", r.user_id AS "userId",
      u.traits ->> 'name' AS "userName", r.measure, r.value, r.value_100 AS "value100", r.choices,
      r.text, r.answered_at AS "answeredAt"
    FROM survey_responses r
    LEFT JOIN surveys s ON s.project_id = r.project_id AND s.id = r.survey_id
    LEFT JOIN users u ON u.project_id = r.project_id AND u.user_id = r.user_id
    WHERE r.project_id = ${projectId} AND r.account_id = ${accountId}
    ORDER BY r.answered_at DESC LIMIT 30`;
}

/** A message about the account, with how its deliveries went. */
export interface AccountMessageRow {
  id: string;
  type: string;
  createdAt: Date;
  deliveries: number;
  succeeded: number;
  failed: number;
}

/** Messages that an account's page looks at. */
export const MOST_MESSAGES = 10;

export async function findAccountMessages(
  sql: Sql,
  projectId: string,
  accountId: string,
): Promise<AccountMessageRow[]> {
  return sql<AccountMessageRow[]>`
    SELECT m.id, m.type, m.created_at AS "createdAt", count(d.id)::int AS deliveries,
      count(*) FILTER (WHERE d.status = 'succeeded')::int AS succeeded,
      count(*) FILTER (WHERE d.status = 'failed')::int AS failed
    FROM (SELECT id, type, created_at FROM webhook_messages
      WHERE project_id = ${projectId} AND account_id = ${accountId}
      ORDER BY created_at DESC LIMIT ${MOST_MESSAGES}) m
    LEFT JOIN webhook_deliveries d ON d.project_id = ${projectId} AND d.message_id = m.id
    GROUP BY 1, 2, 3 ORDER BY m.created_at DESC`;
}
