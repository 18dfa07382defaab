import type { z } from "@hono/zod-openapi";
import type { Db } from "../db/client.ts";
import { parseCursor, toCursor } from "../pagination.ts";
import { getSurvey } from "./change-surveys.ts";
import { listResponses, listSurveys } from "./queries.ts";
import type { responseSchema, surveySchema, versionSchema } from "./schema.ts";
import type { Survey, SurveyVersion } from "./survey-definition.ts";

interface Page {
  projectId: string;
  limit: number;
  cursor?: string | undefined;
}

interface PageOf<Row> {
  data: Row[];
  nextCursor: string | null;
}

/** A survey as the REST interface shows it. */
export function toSurveyBody(survey: Survey): z.output<typeof surveySchema> {
  return {
    ...survey,
    definition: survey.definition as z.output<typeof surveySchema>["definition"],
    draft: survey.draft as z.output<typeof surveySchema>["draft"],
    createdAt: survey.createdAt.toISOString(),
    updatedAt: survey.updatedAt.toISOString(),
    liveAt: survey.liveAt?.toISOString() ?? null,
  };
}

/** A version of a survey as the REST interface shows it. */
export function toVersionBody(version: SurveyVersion): z.output<typeof versionSchema> {
  return {
    ...version,
    definition: version.definition as z.output<typeof versionSchema>["definition"],
    publishedAt: version.publishedAt.toISOString(),
  };
}

/** The surveys of a project, newest first. */
export async function readSurveys(
  db: Db,
  { projectId, limit, cursor }: Page,
): Promise<PageOf<z.output<typeof surveySchema>>> {
  const [before] = cursor === undefined ? [null] : parseCursor(cursor, ["id"]);
  const rows = await listSurveys(db, projectId, { limit: limit + 1, before });
  const data = rows.slice(0, limit);
  const last = data.at(-1);
  return {
    data: data.map(toSurveyBody),
    nextCursor: rows.length > limit && last ? toCursor([last.id]) : null,
  };
}

/**
 * The answers to a survey, newest first, one a question.
 *
 * @throws {Problem} not-found
 */
export async function readResponses(
  db: Db,
  { projectId, limit, cursor, surveyId }: Page & { surveyId: string },
): Promise<PageOf<z.output<typeof responseSchema>>> {
  await getSurvey(db, projectId, surveyId);
  const [answeredAt, impressionId, questionId] =
    cursor === undefined ? [] : parseCursor(cursor, ["moment", "id", "text"]);
  const after =
    answeredAt && impressionId && questionId ? { answeredAt, impressionId, questionId } : null;
  const rows = await listResponses(db, projectId, { surveyId, limit: limit + 1, after });
  const data = rows.slice(0, limit).map((row) => ({
    ...row,
    accountId: row.accountId === "" ? null : row.accountId,
    answeredAt: row.answeredAt.toISOString(),
  }));
  const last = data.at(-1);
  return {
    data,
    nextCursor:
      rows.length > limit && last
        ? toCursor([last.answeredAt, last.impressionId, last.questionId])
        : null,
  };
}
