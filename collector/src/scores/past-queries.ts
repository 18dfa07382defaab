import type { Tier } from "@telltale/protocol";
import type { SqlQueryable } from "../db/client.ts";

/** The last millisecond of a calendar day in a time zone, milliseconds since the epoch. */
export async function endOfDay(sql: SqlQueryable, day: string, timeZone: string): Promise<number> {
  const rows = await sql<{ ms: number }[]>`
    SELECT (extract(epoch FROM (${day}::text::date + 1)::timestamp AT TIME ZONE ${timeZone})
      * 1000)::float8 - 1 AS ms`;
  return rows[0]?.ms ?? Date.parse(`${day}T23:59:59.999Z`);
}

/** What a stored day was judged by. */
export interface StoredDay {
  accountId: string;
  day: string;
  modelVersion: string;
  normsVersion: string;
  inputHash: string;
  sequence: number;
  tier: string;
  asOf: Date;
}

/** @param from - calendar day, inclusive; so is `to` */
export async function readStoredDays(
  sql: SqlQueryable,
  projectId: string,
  accountIds: string[],
  span: { from: string; to: string },
): Promise<StoredDay[]> {
  return sql<StoredDay[]>`
    SELECT account_id AS "accountId", day::text AS day, model_version AS "modelVersion",
      norms_version AS "normsVersion", input_hash AS "inputHash", sequence::float8 AS sequence,
      tier, as_of AS "asOf"
    FROM scores
    WHERE project_id = ${projectId} AND account_id = ANY(${accountIds})
      AND day BETWEEN ${span.from}::text::date AND ${span.to}::text::date
    ORDER BY account_id, day`;
}

export async function findModelDocument(
  sql: SqlQueryable,
  projectId: string,
  version: string,
): Promise<unknown> {
  const rows = await sql<{ document: unknown }[]>`
    SELECT document FROM model_versions
    WHERE project_id = ${projectId} AND version = ${version}`;
  return rows[0]?.document ?? null;
}

export async function findNormsByVersion(
  sql: SqlQueryable,
  projectId: string,
  version: string,
): Promise<unknown> {
  const rows = await sql<{ norms: unknown }[]>`
    SELECT norms FROM norms_snapshots
    WHERE project_id = ${projectId} AND version = ${version}`;
  return rows[0]?.norms ?? null;
}

export interface HistoryRow {
  day: string;
  score: number | null;
  tier: Tier;
  confidence: number;
  coverage: number;
  modelVersion: string;
  normsVersion: string;
  inputHash: string;
}

export async function readHistory(
  sql: SqlQueryable,
  projectId: string,
  accountId: string,
  span: { from: string; to: string },
): Promise<HistoryRow[]> {
  return sql<HistoryRow[]>`
    SELECT day::text AS day, score, tier, confidence, coverage, model_version AS "modelVersion",
      norms_version AS "normsVersion", input_hash AS "inputHash"
    FROM scores
    WHERE project_id = ${projectId} AND account_id = ${accountId}
      AND day BETWEEN ${span.from}::text::date AND ${span.to}::text::date
    ORDER BY day`;
}

/** A score of a past day; where the account stands now is not touched. */
export interface PastScore {
  accountId: string;
  day: string;
  score: number | null;
  tier: string;
  confidence: number;
  coverage: number;
  asOf: string;
  modelVersion: string;
  normsVersion: string;
  inputHash: string;
  sequence: number;
  detail: string;
}

export async function upsertPastScores(
  sql: SqlQueryable,
  projectId: string,
  rows: PastScore[],
): Promise<void> {
  const of = <Value>(pick: (row: PastScore) => Value): Value[] => rows.map(pick);
  await sql`
    INSERT INTO scores (project_id, account_id, day, score, tier, confidence, coverage, as_of,
      model_version, norms_version, input_hash, sequence, detail)
    SELECT ${projectId}::uuid, account_id, day::date, score, tier, confidence, coverage,
      as_of::timestamptz, model_version, norms_version, input_hash, sequence, detail::jsonb
    FROM unnest(
      ${of((row) => row.accountId)}::text[], ${of((row) => row.day)}::text[],
      ${of((row) => row.score)}::float8[], ${of((row) => row.tier)}::text[],
      ${of((row) => row.confidence)}::float8[], ${of((row) => row.coverage)}::float8[],
      ${of((row) => row.asOf)}::text[], ${of((row) => row.modelVersion)}::text[],
      ${of((row) => row.normsVersion)}::text[], ${of((row) => row.inputHash)}::text[],
      ${of((row) => row.sequence)}::bigint[], ${of((row) => row.detail)}::text[]
    ) AS row (account_id, day, score, tier, confidence, coverage, as_of, model_version,
      norms_version, input_hash, sequence, detail)
    ON CONFLICT (project_id, account_id, day) DO UPDATE SET
      score = excluded.score, tier = excluded.tier, confidence = excluded.confidence,
      coverage = excluded.coverage, as_of = excluded.as_of, model_version = excluded.model_version,
      norms_version = excluded.norms_version, input_hash = excluded.input_hash,
      detail = excluded.detail`;
}

/**
 * How much an account did on each day with any use, in the order of days.
 *
 * @param days - calendar days, the first exclusive and the last inclusive
 */
export async function readDailyUses(
  sql: SqlQueryable,
  account: { projectId: string; accountId: string },
  days: { since: string; until: string },
): Promise<{ day: number; count: number }[]> {
  return sql<{ day: number; count: number }[]>`
    SELECT (day - '1970-01-01'::date) AS day, sum(count)::float8 AS count FROM daily_usage
    WHERE project_id = ${account.projectId} AND account_id = ${account.accountId}
      AND day > ${days.since}::text::date AND day <= ${days.until}::text::date
    GROUP BY day ORDER BY day`;
}
