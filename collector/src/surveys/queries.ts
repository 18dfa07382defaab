import { and, asc, desc, eq, lt, sql } from "drizzle-orm";
import type { Db, Queryable } from "../db/client.ts";
import { surveyResponses, surveys } from "../db/schema/surveys.ts";
import type { Survey, SurveyDefinition } from "./survey-definition.ts";
import { deleteVersions, upsertVersion } from "./version-queries.ts";

type Row = typeof surveys.$inferSelect;

const toSurvey = ({ projectId: _, definition, draft, ...row }: Row): Survey => ({
  ...row,
  definition: definition as SurveyDefinition,
  draft: draft as SurveyDefinition | null,
});

export async function findLiveSurveys(db: Queryable, projectId: string): Promise<Survey[]> {
  const rows = await db
    .select()
    .from(surveys)
    .where(and(eq(surveys.projectId, projectId), eq(surveys.status, "live")))
    .orderBy(asc(surveys.createdAt), asc(surveys.id));
  return rows.map(toSurvey);
}

export async function findSurvey(
  db: Queryable,
  projectId: string,
  id: string,
): Promise<Survey | null> {
  const [row] = await db
    .select()
    .from(surveys)
    .where(and(eq(surveys.projectId, projectId), eq(surveys.id, id)));
  return row ? toSurvey(row) : null;
}

/** @param before - id of the last survey of the page before */
export async function listSurveys(
  db: Queryable,
  projectId: string,
  page: { limit: number; before: string | null },
): Promise<Survey[]> {
  const rows = await db
    .select()
    .from(surveys)
    .where(
      and(
        eq(surveys.projectId, projectId),
        page.before === null ? undefined : lt(surveys.id, page.before),
      ),
    )
    .orderBy(desc(surveys.id))
    .limit(page.limit);
  return rows.map(toSurvey);
}

/**
 * Stores a survey and its first version.
 *
 * @returns false when the project has a survey with this key
 */
export async function insertSurvey(
  db: Db,
  survey: Survey & { projectId: string },
): Promise<boolean> {
  return db.transaction(async (tx) => {
    const rows = await tx
      .insert(surveys)
      .values(survey)
      .onConflictDoNothing({ target: [surveys.projectId, surveys.key] })
      .returning({ id: surveys.id });
    if (rows.length > 0) await upsertVersion(tx, survey.projectId, survey);
    return rows.length > 0;
  });
}

export async function updateSurvey(
  db: Queryable,
  projectId: string,
  survey: Survey,
): Promise<void> {
  const { id, name, status, definition, version, draft, updatedAt, liveAt } = survey;
  const change = { name, status, definition, version, draft, updatedAt, liveAt };
  await db
    .update(surveys)
    .set(change)
    .where(and(eq(surveys.projectId, projectId), eq(surveys.id, id)));
}

/** Deletes a survey that nobody has been asked yet. */
export async function deleteUnusedSurvey(
  db: Queryable,
  projectId: string,
  id: string,
): Promise<boolean> {
  const rows = await db
    .delete(surveys)
    .where(
      and(
        eq(surveys.projectId, projectId),
        eq(surveys.id, id),
        sql`NOT EXISTS (SELECT 1 FROM prompt_impressions i
          WHERE i.project_id = ${projectId} AND i.survey_id = ${id})`,
      ),
    )
    .returning({ id: surveys.id });
  if (rows.length > 0) await deleteVersions(db, projectId, id);
  return rows.length > 0;
}

/** Where a page of responses ended. */
export interface ResponsePosition {
  /** ISO 8601. */
  answeredAt: string;
  impressionId: string;
  questionId: string;
}

/** Newest first. */
export async function listResponses(
  db: Queryable,
  projectId: string,
  page: { surveyId: string; limit: number; after: ResponsePosition | null },
) {
  const { after } = page;
  const { answeredAt, impressionId, questionId } = surveyResponses;
  return db
    .select({
      impressionId,
      accountId: surveyResponses.accountId,
      userId: surveyResponses.userId,
      questionId,
      measure: surveyResponses.measure,
      value: surveyResponses.value,
      value100: surveyResponses.value100,
      choices: surveyResponses.choices,
      text: surveyResponses.text,
      tags: surveyResponses.tags,
      answeredAt,
    })
    .from(surveyResponses)
    .where(
      and(
        eq(surveyResponses.projectId, projectId),
        eq(surveyResponses.surveyId, page.surveyId),
        after === null
          ? undefined
          : sql`(${answeredAt}, ${impressionId}, ${questionId}) <
              (${after.answeredAt}::timestamptz, ${after.impressionId}::uuid, ${after.questionId})`,
      ),
    )
    .orderBy(desc(answeredAt), desc(impressionId), desc(questionId))
    .limit(page.limit);
}
