import { isDeepStrictEqual } from "node:util";
import type { z } from "@hono/zod-openapi";
import type { SurveyStep } from "@telltale/protocol";
import { v7 } from "uuid";
import type { Db, Queryable } from "../db/client.ts";
import { Problem } from "../problem.ts";
import type { definitionSchema } from "./definition-schema.ts";
import { deleteUnusedSurvey, findSurvey, insertSurvey, updateSurvey } from "./queries.ts";
import type { newSurveySchema, surveyChangeSchema } from "./schema.ts";
import {
  isNpsSurvey,
  NPS_DAYS,
  type Survey,
  type SurveyDefinition,
  type SurveyVersion,
} from "./survey-definition.ts";
import { findVersions, lockSurvey, upsertVersion } from "./version-queries.ts";

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
    version: 1,
    draft: null,
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
export async function getSurvey(db: Queryable, projectId: string, id: string): Promise<Survey> {
  const survey = await findSurvey(db, projectId, id);
  if (!survey) throw new Problem("not-found", "There is no such survey in this project.");
  return survey;
}

/**
 * Changes a survey. A survey that was live and asks something else gets a new version; what was
 * answered is read by the version that was asked, and compared over versions step by step: a step
 * keeps its kind, measure and scale as long as it keeps its id.
 *
 * @throws {Problem} not-found, or conflict when a step that was asked would change its kind
 */
export async function changeSurvey(
  db: Db,
  clock: () => number,
  change: z.output<typeof surveyChangeSchema> & { projectId: string; id: string },
): Promise<Survey> {
  const { projectId, id } = change;
  return db.transaction(async (tx) => {
    await lockSurvey(tx, projectId, id);
    const before = await getSurvey(tx, projectId, id);
    const status = change.status ?? before.status;
    const updatedAt = new Date(clock());
    const asked = change.definition ? toDefinition(change.definition) : before.definition;
    const isOther = !isDeepStrictEqual(asked, before.definition);
    const after: Survey = {
      ...before,
      name: change.name ?? before.name,
      status,
      definition: asked,
      version: before.version + (isOther && before.liveAt !== null ? 1 : 0),
      draft: draftAfter(before, change),
      updatedAt,
      liveAt: status === "live" && before.status !== "live" ? updatedAt : before.liveAt,
    };
    if (before.liveAt !== null) {
      const versions = await findVersions(tx, projectId, id);
      refuseOtherKinds(versions, after.definition, "definition");
      if (after.draft) refuseOtherKinds(versions, after.draft, "draft");
    }
    await updateSurvey(tx, projectId, after);
    if (isOther) await upsertVersion(tx, projectId, after);
    return after;
  });
}

/** Publishing ends a draft, unless another one comes with it. */
function draftAfter(
  before: Survey,
  { definition, draft }: z.output<typeof surveyChangeSchema>,
): SurveyDefinition | null {
  if (draft !== undefined) return draft && toDefinition(draft);
  return definition ? null : before.draft;
}

/**
 * Asks from now on what a survey's draft says.
 *
 * @throws {Problem} not-found, or conflict without a draft
 */
export async function publishDraft(
  db: Db,
  clock: () => number,
  { projectId, id }: { projectId: string; id: string },
): Promise<Survey> {
  const { draft } = await getSurvey(db, projectId, id);
  if (!draft) throw new Problem("conflict", "This survey has no draft to publish.");
  const definition = draft as z.output<typeof definitionSchema>;
  return changeSurvey(db, clock, { projectId, id, definition });
}

function refuseOtherKinds(
  versions: readonly SurveyVersion[],
  next: SurveyDefinition,
  place: "definition" | "draft",
): void {
  for (const [at, step] of next.steps.entries()) {
    const asked = versions.flatMap(({ definition }) =>
      definition.steps.filter(({ id }) => id === step.id),
    );
    if (asked.every((old) => isSameQuestion(old, step))) continue;
    throw new Problem("conflict", "This survey was live: its answers would be read wrongly.", {
      errors: [
        {
          pointer: `/${place}/steps/${at}`,
          detail: "changes kind, measure or scale; give the new step a new id",
        },
      ],
    });
  }
}

/** Whether answers to the one can stand beside answers to the other. */
export function isSameQuestion(old: SurveyStep, step: SurveyStep): boolean {
  if (old.kind !== "rating" || step.kind !== "rating") return old.kind === step.kind;
  return old.scale === step.scale && old.measure === step.measure;
}

/**
 * What a survey asked, oldest first.
 *
 * @throws {Problem} not-found
 */
export async function listVersions(
  db: Queryable,
  projectId: string,
  id: string,
): Promise<SurveyVersion[]> {
  await getSurvey(db, projectId, id);
  return findVersions(db, projectId, id);
}

/** @throws {Problem} not-found, or conflict when somebody was asked already */
export async function deleteSurvey(db: Db, projectId: string, id: string): Promise<void> {
  await getSurvey(db, projectId, id);
  if (await deleteUnusedSurvey(db, projectId, id)) return;
  throw new Problem("conflict", "People were asked this survey: stop it instead.");
}
