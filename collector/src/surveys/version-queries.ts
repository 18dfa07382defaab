import { and, asc, eq } from "drizzle-orm";
import type { Queryable, Tx } from "../db/client.ts";
import { surveys, surveyVersions } from "../db/schema/surveys.ts";
import type { Survey, SurveyDefinition, SurveyVersion } from "./survey-definition.ts";

/** Keeps what a survey asks from now on; a version that nobody was asked may be written over. */
export async function upsertVersion(
  db: Queryable,
  projectId: string,
  { id, version, definition, updatedAt }: Survey,
): Promise<void> {
  await db
    .insert(surveyVersions)
    .values({ projectId, surveyId: id, version, definition, publishedAt: updatedAt })
    .onConflictDoUpdate({
      target: [surveyVersions.projectId, surveyVersions.surveyId, surveyVersions.version],
      set: { definition, publishedAt: updatedAt },
    });
}

/** Every version of a survey, oldest first. */
export async function findVersions(
  db: Queryable,
  projectId: string,
  surveyId: string,
): Promise<SurveyVersion[]> {
  const rows = await db
    .select({
      version: surveyVersions.version,
      definition: surveyVersions.definition,
      publishedAt: surveyVersions.publishedAt,
    })
    .from(surveyVersions)
    .where(and(eq(surveyVersions.projectId, projectId), eq(surveyVersions.surveyId, surveyId)))
    .orderBy(asc(surveyVersions.version));
  return rows.map((row) => ({ ...row, definition: row.definition as SurveyDefinition }));
}

/** Lets one change of a survey come after the other. */
export async function lockSurvey(tx: Tx, projectId: string, id: string): Promise<void> {
  await tx
    .select({ id: surveys.id })
    .from(surveys)
    .where(and(eq(surveys.projectId, projectId), eq(surveys.id, id)))
    .for("update");
}

export async function deleteVersions(
  db: Queryable,
  projectId: string,
  surveyId: string,
): Promise<void> {
  await db
    .delete(surveyVersions)
    .where(and(eq(surveyVersions.projectId, projectId), eq(surveyVersions.surveyId, surveyId)));
}
