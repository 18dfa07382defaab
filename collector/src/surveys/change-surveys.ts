import type { z } from "@hono/zod-openapi";
import { v7 } from "uuid";
import type { Db } from "../db/client.ts";
import { Problem } from "../problem.ts";
import type { definitionSchema } from "./definition-schema.ts";
import { deleteUnusedSurvey, findSurvey, insertSurvey, updateSurvey } from "./queries.ts";
import type { newSurveySchema, surveyChangeSchema } from "./schema.ts";
import { isNpsSurvey, NPS_DAYS, type Survey, type SurveyDefinition } from "./survey-definition.ts";

/** Fills in the defaults that depend on what a survey asks. */
export function toDefinition(given: z.output<typeof definitionSchema>): SurveyDefinition {
  const isNps = isNpsSurvey(given as Pick<SurveyDefinition, "steps">);
  const { repeatAfterDays, spreadDays } = given;
  return {
    ...given,
    repeatAfterDays: repeatAfterDays === undefined ? (isNps ? NPS_DAYS : null) : repeatAfterDays,
    spreadDays: spreadDays ?? (isNps ? NPS_DAYS : 0),
  } as SurveyDefinition;
}

/** @throws {Problem} conflict, when the project has a survey with this key */
export async function createSurvey(
  db: Db,
  clock: () => number,
  given: z.output<typeof newSurveySchema> & { projectId: string },
): Promise<Survey> {
  const now = new Date(clock());
  const survey: Survey = {
    id: v7(),
    key: given.key,
    name: given.name,
    status: given.status,
    definition: toDefinition(given.definition),
    createdAt: now,
    updatedAt: now,
    liveAt: given.status === "live" ? now : null,
  };
  if (await insertSurvey(db, { ...survey, projectId: given.projectId })) return survey;
  throw new Problem("conflict", `This project has a survey with the key '${given.key}'.`, {
    errors: [{ pointer: "/key", detail: "is taken" }],
  });
}

/** @throws {Problem} not-found */
export async function getSurvey(db: Db, projectId: string, id: string): Promise<Survey> {
  const survey = await findSurvey(db, projectId, id);
  if (!survey) throw new Problem("not-found", "There is no such survey in this project.");
  return survey;
}

/**
 * Changes a survey. What was asked stays as it was answered: a step keeps its kind as long as it
 * keeps its id.
 *
 * @throws {Problem} not-found, or conflict when a step with answers would change its kind
 */
export async function changeSurvey(
  db: Db,
  clock: () => number,
  change: z.output<typeof surveyChangeSchema> & { projectId: string; id: string },
): Promise<Survey> {
  const before = await getSurvey(db, change.projectId, change.id);
  const status = change.status ?? before.status;
  const updatedAt = new Date(clock());
  const goesLive = status === "live" && before.status !== "live";
  const after: Survey = {
    ...before,
    name: change.name ?? before.name,
    status,
    definition: change.definition ? toDefinition(change.definition) : before.definition,
    updatedAt,
    liveAt: goesLive ? updatedAt : before.liveAt,
  };
  if (before.liveAt !== null) refuseOtherKinds(before, after);
  await updateSurvey(db, change.projectId, after);
  return after;
}

function refuseOtherKinds(before: Survey, after: Survey): void {
  for (const [at, step] of after.definition.steps.entries()) {
    const old = before.definition.steps.find(({ id }) => id === step.id);
    const isSame =
      !old ||
      (old.kind === step.kind &&
        (old.kind !== "rating" ||
          (step.kind === "rating" && old.scale === step.scale && old.measure === step.measure)));
    if (isSame) continue;
    throw new Problem("conflict", "This survey was live: its answers would be read wrongly.", {
      errors: [
        {
          pointer: `/definition/steps/${at}`,
          detail: "changes kind, measure or scale; give the new step a new id",
        },
      ],
    });
  }
}

/** @throws {Problem} not-found, or conflict when somebody was asked already */
export async function deleteSurvey(db: Db, projectId: string, id: string): Promise<void> {
  await getSurvey(db, projectId, id);
  if (await deleteUnusedSurvey(db, projectId, id)) return;
  throw new Problem("conflict", "People were asked this survey: stop it instead.");
}
