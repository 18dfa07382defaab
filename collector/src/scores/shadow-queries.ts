import type { ScoringModel } from "@telltale/scoring";
import type { SqlQueryable } from "../db/client.ts";
import { readStoredModel } from "./read-stored-model.ts";

/** Models that are scored every night and shown to nobody. */
export async function readShadowModels(
  sql: SqlQueryable,
  projectId: string,
): Promise<ScoringModel[]> {
  const rows = await sql<{ document: unknown }[]>`
    SELECT document FROM model_versions
    WHERE project_id = ${projectId} AND is_shadow ORDER BY version`;
  return rows.map((row) => readStoredModel(row.document));
}

/** @returns false when there is no such model */
export async function setShadow(
  sql: SqlQueryable,
  projectId: string,
  { version, isShadow }: { version: string; isShadow: boolean },
): Promise<boolean> {
  const rows = await sql`
    UPDATE model_versions SET is_shadow = ${isShadow}
    WHERE project_id = ${projectId} AND version = ${version} RETURNING 1`;
  return rows.length > 0;
}

export interface ShadowScore {
  accountId: string;
  score: number | null;
  tier: string;
}

export async function upsertShadowScores(
  sql: SqlQueryable,
  shadow: { projectId: string; day: string; modelVersion: string; normsVersion: string },
  rows: ShadowScore[],
): Promise<void> {
  await sql`
    INSERT INTO shadow_scores (project_id, account_id, day, model_version, norms_version, score, tier)
    SELECT ${shadow.projectId}::uuid, account_id, ${shadow.day}::text::date,
      ${shadow.modelVersion}, ${shadow.normsVersion}, score, tier
    FROM unnest(${rows.map((row) => row.accountId)}::text[],
      ${rows.map((row) => row.score)}::float8[], ${rows.map((row) => row.tier)}::text[])
      AS row (account_id, score, tier)
    ON CONFLICT (project_id, account_id, day, model_version) DO UPDATE SET
      norms_version = excluded.norms_version, score = excluded.score, tier = excluded.tier`;
}

/** A day on which both were scored, for an account. */
export interface ShadowPair {
  accountId: string;
  day: string;
  shown: { score: number | null; tier: string };
  shadow: { score: number | null; tier: string };
}

/** The last day's scores of a shadow beside those that were shown. */
export async function readShadowPairs(
  sql: SqlQueryable,
  projectId: string,
  version: string,
): Promise<ShadowPair[]> {
  const rows = await sql<
    {
      accountId: string;
      day: string;
      shownScore: number | null;
      shownTier: string;
      shadowScore: number | null;
      shadowTier: string;
    }[]
  >`
    SELECT shadow.account_id AS "accountId", shadow.day::text AS day, shown.score AS "shownScore",
      shown.tier AS "shownTier", shadow.score AS "shadowScore", shadow.tier AS "shadowTier"
    FROM shadow_scores AS shadow
    JOIN scores AS shown ON shown.project_id = shadow.project_id
      AND shown.account_id = shadow.account_id AND shown.day = shadow.day
    WHERE shadow.project_id = ${projectId} AND shadow.model_version = ${version}
      AND shadow.day = (SELECT max(day) FROM shadow_scores
        WHERE project_id = ${projectId} AND model_version = ${version})
    ORDER BY shadow.account_id`;
  return rows.map((row) => ({
    accountId: row.accountId,
    day: row.day,
    shown: { score: row.shownScore, tier: row.shownTier },
    shadow: { score: row.shadowScore, tier: row.shadowTier },
  }));
}
