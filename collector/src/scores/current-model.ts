import { DEFAULT_MODEL, parseModel, type ScoringModel } from "@telltale/scoring";
import type { SqlQueryable } from "../db/client.ts";
import { findPublishedModel, insertPublishedModel } from "./judge-queries.ts";

const parsed = new Map<string, ScoringModel>();

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
  // A published version never changes, so it is checked once.
  const key = `${projectId} ${stored.version}`;
  let model = parsed.get(key);
  if (!model) {
    model = parseModel(stored.document);
    parsed.set(key, model);
  }
  return model;
}
