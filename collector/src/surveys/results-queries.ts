import type { SqlQueryable } from "../db/client.ts";

/** The survey and the time that results are about; times are ISO 8601, the end is not included. */
export interface ResultSpan {
  projectId: string;
  surveyId: string;
  from: string;
  to: string;
}

/** What became of the prompts of a survey, by the week in which they were shown. */
export interface PromptCounts {
  /** The Monday, YYYY-MM-DD. */
  week: string;
  shown: number;
  answered: number;
  completed: number;
  dismissed: number;
  postponed: number;
  optedOut: number;
  /** The page went while it was open, and nothing was answered. */
  abandoned: number;
  /** Opened by people themselves; not among the others. */
  requested: number;
}

export async function countPrompts(
  sql: SqlQueryable,
  { projectId, surveyId, from, to }: ResultSpan,
  timeZone: string,
): Promise<PromptCounts[]> {
  return sql<PromptCounts[]>`
    SELECT monday::date::text AS week,
      (count(*) FILTER (WHERE NOT is_requested))::int AS shown,
      (count(*) FILTER (WHERE NOT is_requested AND answered_at IS NOT NULL))::int AS answered,
      (count(*) FILTER (WHERE NOT is_requested AND answered_at IS NOT NULL
        AND closed_at IS NOT NULL AND closed_step IS NULL))::int AS completed,
      (count(*) FILTER (WHERE NOT is_requested AND state = 'dismissed'))::int AS dismissed,
      (count(*) FILTER (WHERE NOT is_requested AND state = 'postponed'))::int AS postponed,
      (count(*) FILTER (WHERE NOT is_requested AND state = 'opted_out'))::int AS "optedOut",
      (count(*) FILTER (WHERE NOT is_requested AND state = 'shown'
        AND closed_step IS NOT NULL))::int AS abandoned,
      (count(*) FILTER (WHERE is_requested))::int AS requested
    FROM (
      SELECT *, date_trunc('week', shown_at AT TIME ZONE ${timeZone}) AS monday
      FROM prompt_impressions
      WHERE project_id = ${projectId} AND survey_id = ${surveyId}
        AND shown_at >= ${from}::timestamptz AND shown_at < ${to}::timestamptz
    ) AS prompt
    GROUP BY monday ORDER BY monday`;
}

/** People who closed a prompt, or left its page, while a step was open. */
export async function countLeft(
  sql: SqlQueryable,
  { projectId, surveyId, from, to }: ResultSpan,
): Promise<{ stepId: string; left: number }[]> {
  return sql<{ stepId: string; left: number }[]>`
    SELECT closed_step AS "stepId", count(*)::int AS left
    FROM prompt_impressions
    WHERE project_id = ${projectId} AND survey_id = ${surveyId} AND closed_step IS NOT NULL
      AND shown_at >= ${from}::timestamptz AND shown_at < ${to}::timestamptz
    GROUP BY 1`;
}

export interface MarkCount {
  questionId: string;
  week: string;
  /** Null for answers in words or choices. */
  value: number | null;
  count: number;
}

export async function countMarks(
  sql: SqlQueryable,
  { projectId, surveyId, from, to }: ResultSpan,
  timeZone: string,
): Promise<MarkCount[]> {
  return sql<MarkCount[]>`
    SELECT question_id AS "questionId", monday::date::text AS week, value, count(*)::int AS count
    FROM (
      SELECT question_id, value,
        date_trunc('week', answered_at AT TIME ZONE ${timeZone}) AS monday
      FROM survey_responses
      WHERE project_id = ${projectId} AND survey_id = ${surveyId}
        AND answered_at >= ${from}::timestamptz AND answered_at < ${to}::timestamptz
    ) AS response
    GROUP BY 1, monday, 3 ORDER BY 1, monday, 3`;
}

export interface ChoiceCount {
  questionId: string;
  /** Null for "other". */
  choice: string | null;
  count: number;
}

export async function countChoices(
  sql: SqlQueryable,
  { projectId, surveyId, from, to }: ResultSpan,
): Promise<ChoiceCount[]> {
  return sql<ChoiceCount[]>`
    SELECT r.question_id AS "questionId", picked.choice, count(*)::int AS count
    FROM survey_responses r
    CROSS JOIN LATERAL (
      SELECT unnest(r.choices) AS choice
      UNION ALL SELECT NULL WHERE r.text IS NOT NULL
    ) AS picked
    WHERE r.project_id = ${projectId} AND r.survey_id = ${surveyId} AND r.measure = 'choice'
      AND r.answered_at >= ${from}::timestamptz AND r.answered_at < ${to}::timestamptz
    GROUP BY 1, 2`;
}

export interface SegmentCount {
  questionId: string;
  /** For instance `plan:pro`. */
  segment: string;
  value: number;
  count: number;
}

/** @param traits - traits of accounts whose values make segments */
export async function countSegments(
  sql: SqlQueryable,
  { projectId, surveyId, from, to }: ResultSpan,
  traits: readonly string[],
): Promise<SegmentCount[]> {
  return sql<SegmentCount[]>`
    SELECT r.question_id AS "questionId", trait || ':' || (a.traits ->> trait) AS segment, r.value,
      count(*)::int AS count
    FROM survey_responses r
    JOIN accounts a ON a.project_id = r.project_id AND a.account_id = r.account_id
    CROSS JOIN unnest(${traits as string[]}::text[]) AS trait
    WHERE r.project_id = ${projectId} AND r.survey_id = ${surveyId} AND r.value IS NOT NULL
      AND r.answered_at >= ${from}::timestamptz AND r.answered_at < ${to}::timestamptz
      AND a.traits ->> trait <> ''
    GROUP BY 1, 2, 3`;
}

/** Marks of the answers of some accounts. */
export async function countMembers(
  sql: SqlQueryable,
  { projectId, surveyId, from, to }: ResultSpan,
  accountIds: string[],
): Promise<Omit<SegmentCount, "segment">[]> {
  return sql<Omit<SegmentCount, "segment">[]>`
    SELECT question_id AS "questionId", value, count(*)::int AS count
    FROM survey_responses
    WHERE project_id = ${projectId} AND survey_id = ${surveyId} AND value IS NOT NULL
      AND answered_at >= ${from}::timestamptz AND answered_at < ${to}::timestamptz
      AND account_id = ANY(${accountIds}::text[])
    GROUP BY 1, 2`;
}

/** A comment with the rating that the same person gave beside it. */
export interface CommentRow {
  impressionId: string;
  questionId: string;
  accountId: string;
  userId: string;
  text: string;
  answeredAt: Date;
  /** 0–100; null when there was no rating beside it. */
  rating: number | null;
}

export async function findComments(
  sql: SqlQueryable,
  { projectId, surveyId, from, to }: ResultSpan,
  limit: number,
): Promise<CommentRow[]> {
  return sql<CommentRow[]>`
    SELECT r.impression_id AS "impressionId", r.question_id AS "questionId",
      r.account_id AS "accountId", r.user_id AS "userId", r.text, r.answered_at AS "answeredAt",
      (SELECT avg(beside.value_100) FROM survey_responses beside
        WHERE beside.project_id = ${projectId} AND beside.account_id = r.account_id
          AND beside.impression_id = r.impression_id AND beside.value_100 IS NOT NULL) AS rating
    FROM survey_responses r
    WHERE r.project_id = ${projectId} AND r.survey_id = ${surveyId} AND r.text IS NOT NULL
      AND r.answered_at >= ${from}::timestamptz AND r.answered_at < ${to}::timestamptz
    ORDER BY r.answered_at DESC, r.impression_id DESC, r.question_id DESC
    LIMIT ${limit}`;
}
