import type { Norms, ScoringModel } from "@telltale/scoring";
import type { Sql, SqlQueryable } from "../db/client.ts";
import { getCurrentModel } from "./current-model.ts";
import { findModelDocument, findNormsByVersion } from "./past-queries.ts";
import { readStoredModel } from "./read-stored-model.ts";
import { getCurrentNorms } from "./refresh-norms.ts";

/** What an account is judged by. */
export interface Judge {
  model: ScoringModel;
  norms: Norms;
}

/** The model and norms that were, or would have been, in force at a moment. */
export async function findJudgeAt(sql: Sql, projectId: string, at: number): Promise<Judge> {
  const model = await getCurrentModel(sql, projectId, at);
  return { model, norms: await getCurrentNorms(sql, projectId, model, at) };
}

/** The very model and norms that a stored score names; null when one of them is gone. */
export async function findStoredJudge(
  sql: SqlQueryable,
  projectId: string,
  stored: { modelVersion: string; normsVersion: string },
): Promise<Judge | null> {
  const document = await findModelDocument(sql, projectId, stored.modelVersion);
  if (document === null) return null;
  const norms = await findNormsByVersion(sql, projectId, stored.normsVersion);
  return norms === null ? null : { model: readStoredModel(document), norms: norms as Norms };
}
