import type { Sql, SqlQueryable } from "../db/client.ts";
import type { ImpressionState } from "../db/schema/surveys.ts";
import type { Answer } from "./answer.ts";

/** One showing of a survey, locked for the transaction. */
export interface LockedImpression {
  id: string;
  surveyId: string;
  surveyKey: string;
  accountId: string;
  userId: string;
  state: ImpressionState;
  shownAt: Date | null;
  /** When the last answer, or the refusal, closed it. */
  closedAt: Date | null;
  /** Where it was left, as far as is known. */
  closedStep: string | null;
  /** Whether there is an answer to the question that was asked for. */
  hasAnswer: boolean;
  /** What the survey asked when this showing was granted. */
  definition: unknown;
}

/**
 * Finds an impression of a person and locks its row, so that answers to it come one at a time.
 *
 * @returns null when there is none with this id for this survey, or it was granted to somebody else
 */
export async function lockImpression(
  sql: SqlQueryable,
  wanted: {
    projectId: string;
    id: string;
    surveyId: string;
    questionId: string;
    userId: string;
    anonymousId: string;
  },
): Promise<LockedImpression | null> {
  const { projectId, id, surveyId, userId, anonymousId } = wanted;
  const anonymous = `anon:${anonymousId}`;
  const rows = await sql<LockedImpression[]>`
    SELECT i.id, i.survey_id AS "surveyId", s.key AS "surveyKey", i.account_id AS "accountId",
      i.user_id AS "userId", i.state, i.shown_at AS "shownAt", i.closed_at AS "closedAt",
      i.closed_step AS "closedStep", coalesce(v.definition, s.definition) AS definition, EXISTS (
        SELECT 1 FROM survey_responses r
        WHERE r.project_id = ${projectId} AND r.account_id = i.account_id
          AND r.impression_id = i.id AND r.question_id = ${wanted.questionId}) AS "hasAnswer"
    FROM prompt_impressions i
    JOIN surveys s ON s.project_id = i.project_id AND s.id = i.survey_id
    LEFT JOIN survey_versions v ON v.project_id = i.project_id AND v.survey_id = i.survey_id
      AND v.version = i.version
    WHERE i.project_id = ${projectId} AND i.id = ${id} AND i.survey_id = ${surveyId}
      AND ((${userId} <> '' AND i.user_id = ${userId})
        OR (${anonymousId} <> '' AND i.user_id = ${anonymous})
        OR (${userId} <> '' AND EXISTS (
          SELECT 1 FROM user_aliases a
          WHERE a.project_id = ${projectId} AND a.user_id = ${userId}
            AND i.user_id = 'anon:' || a.anonymous_id)))
    FOR UPDATE OF i`;
  return rows[0] ?? null;
}

/** What an event changes in an impression; times are ISO 8601, and none counts from before the claim. */
export interface ImpressionChange {
  projectId: string;
  id: string;
  state: ImpressionState;
  /** Fills in the account of an impression that has none. */
  accountId: string;
  /** When the person saw it; the first such moment is kept. */
  shownAt: string;
  answeredAt: string | null;
  closedAt: string | null;
  /** Where it was left; while it is open, the latest word counts. */
  closedStep: string | null;
}

export async function updateImpression(sql: SqlQueryable, change: ImpressionChange): Promise<void> {
  await sql`
    UPDATE prompt_impressions SET
      state = ${change.state},
      account_id = CASE WHEN account_id = '' THEN ${change.accountId} ELSE account_id END,
      shown_at = coalesce(shown_at, greatest(${change.shownAt}::timestamptz, claimed_at)),
      answered_at = coalesce(answered_at, CASE WHEN ${change.answeredAt}::timestamptz IS NOT NULL
        THEN greatest(${change.answeredAt}::timestamptz, claimed_at) END),
      closed_at = coalesce(closed_at, CASE WHEN ${change.closedAt}::timestamptz IS NOT NULL
        THEN greatest(${change.closedAt}::timestamptz, claimed_at) END),
      closed_step = CASE WHEN closed_at IS NULL THEN ${change.closedStep}
        ELSE coalesce(closed_step, ${change.closedStep}) END
    WHERE project_id = ${change.projectId} AND id = ${change.id}`;
}

const PORTION = 5_000;

/** Deletes, in portions, grants from before a moment (ISO 8601) that were never shown. */
export async function deleteVoidGrants(sql: Sql, before: string): Promise<number> {
  for (let deleted = 0; ; ) {
    const { count } = await sql`
      DELETE FROM prompt_impressions i USING (
        SELECT project_id, id FROM prompt_impressions
        WHERE state = 'claimed' AND shown_at IS NULL AND claimed_at < ${before}::timestamptz
        LIMIT ${PORTION}
      ) void WHERE i.project_id = void.project_id AND i.id = void.id`;
    deleted += count;
    if (count < PORTION) return deleted;
  }
}

/** An answer with its place. */
export interface NewResponse extends Answer {
  projectId: string;
  accountId: string;
  impressionId: string;
  questionId: string;
  surveyId: string;
  userId: string;
  /** What the chosen options ask for. */
  tags: string[];
  /** ISO 8601. */
  answeredAt: string;
}

/**
 * Stores an answer. While its impression is open, a newer answer to the same question replaces the
 * older one, as going back allows; once it is closed, the first one stays.
 *
 * @returns whether anything was written
 */
export async function upsertResponse(
  sql: SqlQueryable,
  response: NewResponse,
  impression: "open" | "closed",
): Promise<boolean> {
  const rows = await sql`
    INSERT INTO survey_responses AS r (project_id, account_id, impression_id, question_id, survey_id,
      user_id, measure, value, value_100, choices, text, tags, answered_at)
    VALUES (${response.projectId}, ${response.accountId}, ${response.impressionId},
      ${response.questionId}, ${response.surveyId}, ${response.userId}, ${response.measure},
      ${response.value}, ${response.value100}, ${response.choices}::text[], ${response.text},
      ${response.tags}::text[], ${response.answeredAt}::timestamptz)
    ON CONFLICT (project_id, account_id, impression_id, question_id) DO UPDATE SET
      value = excluded.value, value_100 = excluded.value_100, choices = excluded.choices,
      text = excluded.text, tags = excluded.tags, answered_at = excluded.answered_at
    WHERE ${impression === "open"} AND excluded.answered_at >= r.answered_at
    RETURNING 1`;
  return rows.length > 0;
}

/** What a person answered in one showing. */
export interface GivenAnswer {
  questionId: string;
  measure: string;
  value: number | null;
  value100: number | null;
  choices: string[];
  text: string | null;
}

export async function findAnswers(
  sql: SqlQueryable,
  {
    projectId,
    accountId,
    impressionId,
  }: Pick<NewResponse, "projectId" | "accountId" | "impressionId">,
): Promise<GivenAnswer[]> {
  return sql<GivenAnswer[]>`
    SELECT question_id AS "questionId", measure, value, value_100 AS "value100", choices, text
    FROM survey_responses
    WHERE project_id = ${projectId} AND account_id = ${accountId}
      AND impression_id = ${impressionId}`;
}
