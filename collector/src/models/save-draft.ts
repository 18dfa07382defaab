import type { ProblemError } from "@telltale/protocol";
import { ModelError, parseModel, type ScoringModel } from "@telltale/scoring";
import type { Sql } from "../db/client.ts";
import { Problem } from "../problem.ts";
import { upsertDraft } from "./queries.ts";

/**
 * What is wrong with a model document by the engine's own rules, each fault with its place in the
 * request that brings it.
 *
 * @param document - as it came; nothing is taken for granted
 */
export function findModelFaults(document: unknown): ProblemError[] {
  try {
    parseModel(document);
  } catch (error) {
    if (!(error instanceof ModelError)) throw error;
    return error.faults.map(({ pointer, detail }) => ({ pointer: `/document${pointer}`, detail }));
  }
  return holdsUnstorable(document)
    ? [
        {
          pointer: "/document",
          detail: "must hold neither U+0000 nor half of a surrogate pair anywhere",
        },
      ]
    : [];
}

/** Whether a JSON value has text that jsonb can't hold, in a value or a key. */
function holdsUnstorable(value: unknown): boolean {
  if (typeof value === "string") return value.includes("\0") || !value.isWellFormed();
  if (typeof value !== "object" || value === null) return false;
  return Object.entries(value).flat().some(holdsUnstorable);
}

/**
 * Checks a model document by the engine's own rules.
 *
 * @throws {Problem} invalid-request with a pointer a fault
 */
export function checkModel(document: unknown): ScoringModel {
  const errors = findModelFaults(document);
  if (errors.length > 0) {
    throw new Problem("invalid-request", "The model document has faults; see errors.", { errors });
  }
  return document as ScoringModel;
}

/**
 * Keeps a draft; one of the same version that is still a draft is replaced.
 *
 * @throws {Problem} invalid-request; conflict when the version was published
 */
export async function saveDraft(
  sql: Sql,
  draft: {
    projectId: string;
    document: unknown;
    author: string;
    rationale: string;
    now: number;
  },
): Promise<ScoringModel> {
  const { projectId, author, rationale, now } = draft;
  const given = { ...(draft.document as object), author, rationale };
  const model = checkModel(given);
  const isSaved = await upsertDraft(sql, {
    projectId,
    version: model.version,
    document: JSON.stringify(model),
    author,
    rationale,
    at: new Date(now).toISOString(),
  });
  if (!isSaved) {
    throw new Problem(
      "conflict",
      `Version ${model.version} was published and never changes; choose another version.`,
    );
  }
  return model;
}
