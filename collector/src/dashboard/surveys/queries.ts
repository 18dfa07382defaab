import type { Sql } from "../../db/client.ts";

/** How often a survey was shown and answered since a moment. */
export async function countPromptsOfSurveys(
  sql: Sql,
  projectId: string,
  since: string,
): Promise<{ surveyId: string; shown: number; answered: number }[]> {
  return sql<{ surveyId: string; shown: number; answered: number }[]>`
    SELECT survey_id AS "surveyId", count(shown_at)::int AS shown, count(answered_at)::int AS answered
    FROM prompt_impressions
    WHERE project_id = ${projectId} AND claimed_at > ${since}::timestamptz GROUP BY 1`;
}
