import type { SqlQueryable } from "../db/client.ts";

export interface ModelRow {
  version: string;
  status: "draft" | "published" | "retired";
  document: unknown;
  author: string;
  rationale: string;
  createdAt: Date;
  publishedAt: Date | null;
  /** Postgres' `-infinity` for the model that a project starts with. */
  effectiveAt: string | null;
  backtest: unknown;
  worseReason: string | null;
}

const COLUMNS = `version, status, document, author, rationale, created_at AS "createdAt",
  published_at AS "publishedAt", effective_at::text AS "effectiveAt", backtest,
  worse_reason AS "worseReason"`;

export async function readModels(sql: SqlQueryable, projectId: string): Promise<ModelRow[]> {
  return sql<ModelRow[]>`
    SELECT ${sql.unsafe(COLUMNS)} FROM model_versions WHERE project_id = ${projectId}
    ORDER BY created_at DESC, version`;
}

export async function findModel(
  sql: SqlQueryable,
  projectId: string,
  version: string,
): Promise<ModelRow | null> {
  const rows = await sql<ModelRow[]>`
    SELECT ${sql.unsafe(COLUMNS)} FROM model_versions
    WHERE project_id = ${projectId} AND version = ${version}`;
  return rows[0] ?? null;
}

/** @returns false when the version is taken by a model that is not a draft */
export async function upsertDraft(
  sql: SqlQueryable,
  draft: {
    projectId: string;
    version: string;
    document: string;
    author: string;
    rationale: string;
    at: string;
  },
): Promise<boolean> {
  const rows = await sql`
    INSERT INTO model_versions (project_id, version, status, document, author, rationale, created_at)
    VALUES (${draft.projectId}, ${draft.version}, 'draft', ${draft.document}::text::jsonb,
      ${draft.author}, ${draft.rationale}, ${draft.at}::timestamptz)
    ON CONFLICT (project_id, version) DO UPDATE SET document = excluded.document,
      author = excluded.author, rationale = excluded.rationale, backtest = NULL
    WHERE model_versions.status = 'draft'
    RETURNING 1`;
  return rows.length > 0;
}

export async function storeBacktest(
  sql: SqlQueryable,
  projectId: string,
  version: string,
  result: string,
): Promise<void> {
  await sql`
    UPDATE model_versions SET backtest = ${result}::text::jsonb
    WHERE project_id = ${projectId} AND version = ${version} AND status = 'draft'`;
}

export async function publishDraft(
  sql: SqlQueryable,
  model: {
    projectId: string;
    version: string;
    author: string;
    rationale: string;
    worseReason: string | null;
    at: string;
    effectiveAt: string;
  },
): Promise<boolean> {
  const rows = await sql`
    UPDATE model_versions SET status = 'published', author = ${model.author},
      rationale = ${model.rationale}, worse_reason = ${model.worseReason},
      published_at = ${model.at}::timestamptz, effective_at = ${model.effectiveAt}::timestamptz
    WHERE project_id = ${model.projectId} AND version = ${model.version} AND status = 'draft'
    RETURNING 1`;
  return rows.length > 0;
}

/**
 * When a model was last held against outcomes, by a report or the backtest before it was published;
 * else since when the project has it. Null without a project.
 */
export async function findLastCheck(
  sql: SqlQueryable,
  projectId: string,
  version: string,
): Promise<Date | null> {
  const [model] = await sql<{ at: Date }[]>`
    SELECT greatest(created_at, (SELECT published_at FROM model_versions
      WHERE project_id = ${projectId} AND version = ${version} AND backtest IS NOT NULL)) AS at
    FROM projects WHERE id = ${projectId}`;
  // A step of its own: a cluster keeps reports on its coordinator, and sends to every node what one
  // statement takes from both.
  const [report] = await sql<{ at: Date | null }[]>`
    SELECT finished_at AS at FROM model_reports
    WHERE project_id = ${projectId} AND version = ${version} AND failure IS NULL`;
  if (!model) return null;
  return report?.at && report.at > model.at ? report.at : model.at;
}

/** @returns false when people were told of this due date before */
export async function insertReviewNotice(
  sql: SqlQueryable,
  notice: { projectId: string; version: string; dueOn: string; at: string },
): Promise<boolean> {
  const rows = await sql`
    INSERT INTO model_reviews (project_id, version, due_on, told_at)
    VALUES (${notice.projectId}, ${notice.version}, ${notice.dueOn}::text::date,
      ${notice.at}::timestamptz)
    ON CONFLICT DO NOTHING RETURNING 1`;
  return rows.length > 0;
}
