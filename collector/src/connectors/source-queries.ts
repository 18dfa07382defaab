import type { SqlQueryable } from "../db/client.ts";
import type { SourceMapping } from "./mapping.ts";

export const SOURCE_KINDS = ["zendesk", "intercom", "hubspot", "stripe", "generic"] as const;
export type SourceKind = (typeof SOURCE_KINDS)[number];

export interface SourceRow {
  projectId: string;
  id: string;
  kind: SourceKind;
  name: string;
  secretEncrypted: Buffer;
  mapping: SourceMapping | null;
  expectedEveryHours: number | null;
  lastReceivedAt: Date | null;
  acceptedCount: number;
  unmatchedCount: number;
  refusedCount: number;
  lateSince: Date | null;
  createdAt: Date;
}

/** What a source was told to do. */
export type RemovedSource = Pick<
  SourceRow,
  "id" | "kind" | "name" | "mapping" | "expectedEveryHours"
>;

const columns = (sql: SqlQueryable) => sql`
  project_id AS "projectId", id, kind, name, secret_encrypted AS "secretEncrypted", mapping,
  expected_every_hours AS "expectedEveryHours", last_received_at AS "lastReceivedAt",
  accepted_count::float8 AS "acceptedCount", unmatched_count::float8 AS "unmatchedCount",
  refused_count::float8 AS "refusedCount", late_since AS "lateSince", created_at AS "createdAt"`;

export async function insertSource(
  sql: SqlQueryable,
  source: Pick<
    SourceRow,
    "projectId" | "id" | "kind" | "name" | "secretEncrypted" | "mapping" | "expectedEveryHours"
  > & { at: string },
): Promise<void> {
  const mapping = source.mapping === null ? null : JSON.stringify(source.mapping);
  await sql`
    INSERT INTO sources (project_id, id, kind, name, secret_encrypted, mapping,
      expected_every_hours, created_at)
    VALUES (${source.projectId}, ${source.id}, ${source.kind}, ${source.name},
      ${source.secretEncrypted}, ${mapping}::text::jsonb, ${source.expectedEveryHours},
      ${source.at}::timestamptz)`;
}

export async function selectSources(sql: SqlQueryable, projectId: string): Promise<SourceRow[]> {
  return sql<SourceRow[]>`
    SELECT ${columns(sql)} FROM sources WHERE project_id = ${projectId} ORDER BY id`;
}

export async function findSource(
  sql: SqlQueryable,
  projectId: string,
  id: string,
): Promise<SourceRow | null> {
  const rows = await sql<SourceRow[]>`
    SELECT ${columns(sql)} FROM sources WHERE project_id = ${projectId} AND id = ${id}`;
  return rows[0] ?? null;
}

/** For requests from outside, which name no project. */
export async function findSourceById(sql: SqlQueryable, id: string): Promise<SourceRow | null> {
  const rows = await sql<SourceRow[]>`SELECT ${columns(sql)} FROM sources WHERE id = ${id}`;
  return rows[0] ?? null;
}

/** @returns what it was; null where there was none */
export async function deleteSource(
  sql: SqlQueryable,
  projectId: string,
  id: string,
): Promise<RemovedSource | null> {
  const [row] = await sql<RemovedSource[]>`
    DELETE FROM sources WHERE project_id = ${projectId} AND id = ${id}
    RETURNING id, kind, name, mapping, expected_every_hours AS "expectedEveryHours"`;
  return row ?? null;
}

/** Counts what a request brought; it is the source's heartbeat. */
export async function recordReceipt(
  sql: SqlQueryable,
  receipt: { projectId: string; id: string; at: string; accepted: number; unmatched: number },
): Promise<void> {
  await sql`
    UPDATE sources SET last_received_at = ${receipt.at}::timestamptz, late_since = NULL,
      accepted_count = accepted_count + ${receipt.accepted},
      unmatched_count = unmatched_count + ${receipt.unmatched}
    WHERE project_id = ${receipt.projectId} AND id = ${receipt.id}`;
}

export async function recordRefusal(
  sql: SqlQueryable,
  projectId: string,
  id: string,
): Promise<void> {
  await sql`
    UPDATE sources SET refused_count = refused_count + 1
    WHERE project_id = ${projectId} AND id = ${id}`;
}

/** Marks sources that have been silent for longer than expected, each once per silence. */
export async function markLateSources(
  sql: SqlQueryable,
  projectId: string,
  at: string,
): Promise<{ id: string; name: string; kind: string; lastReceivedAt: Date | null }[]> {
  return sql`
    UPDATE sources SET late_since = ${at}::timestamptz
    WHERE project_id = ${projectId} AND late_since IS NULL AND expected_every_hours IS NOT NULL
      AND coalesce(last_received_at, created_at)
        <= ${at}::timestamptz - make_interval(secs => expected_every_hours * 3600)
    RETURNING id, name, kind, last_received_at AS "lastReceivedAt"`;
}
