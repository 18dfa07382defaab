import type { SqlQueryable } from "../db/client.ts";

/** A model document as it is stored. */
export interface StoredModel {
  version: string;
  document: unknown;
}

export async function findPublishedModel(
  sql: SqlQueryable,
  projectId: string,
  at: string,
): Promise<StoredModel | null> {
  const rows = await sql<StoredModel[]>`
    SELECT version, document FROM model_versions
    WHERE project_id = ${projectId} AND status IN ('published', 'retired')
      AND effective_at <= ${at}::timestamptz
    ORDER BY effective_at DESC, published_at DESC LIMIT 1`;
  return rows[0] ?? null;
}

export async function insertPublishedModel(
  sql: SqlQueryable,
  model: {
    projectId: string;
    version: string;
    document: string;
    author: string;
    rationale: string;
    at: string;
  },
): Promise<void> {
  await sql`
    INSERT INTO model_versions (project_id, version, status, document, author, rationale,
      created_at, published_at, effective_at)
    VALUES (${model.projectId}, ${model.version}, 'published', ${model.document}::text::jsonb,
      ${model.author}, ${model.rationale}, ${model.at}::timestamptz, ${model.at}::timestamptz,
      '-infinity')
    ON CONFLICT DO NOTHING`;
}

export async function findNorms(
  sql: SqlQueryable,
  projectId: string,
  modelVersion: string,
  at: string,
): Promise<unknown> {
  const rows = await sql<{ norms: unknown }[]>`
    SELECT norms FROM norms_snapshots
    WHERE project_id = ${projectId} AND model_version = ${modelVersion}
      AND as_of <= ${at}::timestamptz
    ORDER BY as_of DESC LIMIT 1`;
  return rows[0]?.norms ?? null;
}

export async function insertNorms(
  sql: SqlQueryable,
  snapshot: {
    projectId: string;
    version: string;
    modelVersion: string;
    asOf: string;
    norms: string;
  },
): Promise<void> {
  await sql`
    INSERT INTO norms_snapshots (project_id, version, model_version, as_of, norms)
    VALUES (${snapshot.projectId}, ${snapshot.version}, ${snapshot.modelVersion},
      ${snapshot.asOf}::text::timestamptz, ${snapshot.norms}::text::jsonb)
    ON CONFLICT DO NOTHING`;
}
