import { diffModels, type LintRemark, lintModel, type ModelDifference } from "@telltale/scoring";
import type { Sql } from "../db/client.ts";
import { Problem } from "../problem.ts";
import { getCurrentModel } from "../scores/current-model.ts";
import { readStoredModel } from "../scores/read-stored-model.ts";
import { findModel, type ModelRow, readModels } from "./queries.ts";
import type { ModelSummary } from "./schema.ts";

/** A model with what can be said of it without history. */
export interface ModelDetail extends ModelSummary {
  document: unknown;
  lint: LintRemark[];
  /** Against the model in force. */
  differences: ModelDifference[];
  backtest: unknown;
}

function toSummary(row: ModelRow, currentVersion: string): ModelSummary {
  const { name } = row.document as { name?: unknown };
  const isFromStart = row.effectiveAt === null || row.effectiveAt === "-infinity";
  return {
    version: row.version,
    status: row.status,
    name: typeof name === "string" ? name : row.version,
    author: row.author,
    rationale: row.rationale,
    createdAt: row.createdAt.toISOString(),
    publishedAt: row.publishedAt?.toISOString() ?? null,
    effectiveAt: isFromStart ? null : new Date(row.effectiveAt as string).toISOString(),
    isCurrent: row.version === currentVersion,
    worseReason: row.worseReason,
  };
}

/** The changelog: every model of a project, newest first. */
export async function listModels(
  sql: Sql,
  projectId: string,
  now: number,
): Promise<ModelSummary[]> {
  const current = await getCurrentModel(sql, projectId, now);
  return (await readModels(sql, projectId)).map((row) => toSummary(row, current.version));
}

/** @throws {Problem} not-found */
export async function getModelRow(sql: Sql, projectId: string, version: string): Promise<ModelRow> {
  const row = await findModel(sql, projectId, version);
  if (!row) throw new Problem("not-found", `There is no model ${version} in this project.`);
  return row;
}

/** @throws {Problem} not-found */
export async function getModel(
  sql: Sql,
  projectId: string,
  version: string,
  now: number,
): Promise<ModelDetail> {
  const current = await getCurrentModel(sql, projectId, now);
  const row = await getModelRow(sql, projectId, version);
  const model = readStoredModel(row.document);
  return {
    ...toSummary(row, current.version),
    document: row.document,
    lint: lintModel(model, new Date(now).toISOString()),
    differences: diffModels(current, model),
    backtest: row.backtest,
  };
}
