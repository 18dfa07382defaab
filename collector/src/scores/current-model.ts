import { DEFAULT_MODEL, type ScoringModel } from "@telltale/scoring";
import type { SqlQueryable } from "../db/client.ts";
import { findPublishedModel, insertPublishedModel } from "./judge-queries.ts";
import { readStoredModel } from "./read-stored-model.ts";

/** The model that scores a project at a moment; a project without one gets the default. */
export async function getCurrentModel(
  sql: SqlQueryable,
  projectId: string,
  now: number,
): Promise<ScoringModel> {
  const at = new Date(now).toISOString();
  const stored = await findPublishedModel(sql, projectId, at);
  if (!stored) {
    await insertPublishedModel(sql, {
      projectId,
      version: DEFAULT_MODEL.version,
      document: JSON.stringify(DEFAULT_MODEL),
      author: DEFAULT_MODEL.author,
      rationale: DEFAULT_MODEL.rationale,
      at,
    });
    return DEFAULT_MODEL;
  }
  return readStoredModel(stored.document);
}
