import type { Sql, SqlQueryable } from "../../db/client.ts";

export interface ReportRow {
  version: string;
  requestedAt: Date;
  leasedUntil: Date | null;
  done: number;
  total: number;
  finishedAt: Date | null;
  failure: string | null;
  report: unknown;
}

export interface ClaimedReport {
  projectId: string;
  version: string;
  /** As text with microseconds: tells whether it was asked for again meanwhile. */
  requestedAt: string;
}

/** Asks for a report, unless one is waiting or being made. The last one stays until then. */
export async function insertReportRequest(
  sql: SqlQueryable,
  request: { projectId: string; version: string; at: string },
): Promise<void> {
  const { projectId, version, at } = request;
  await sql`
    INSERT INTO model_reports (project_id, version, requested_at)
    VALUES (${projectId}, ${version}, ${at}::timestamptz)
    ON CONFLICT (project_id, version) DO UPDATE SET
      requested_at = excluded.requested_at, leased_until = NULL, done = 0, total = 0,
      finished_at = NULL, failure = NULL
    WHERE model_reports.finished_at IS NOT NULL`;
}

export async function findReport(
  sql: SqlQueryable,
  projectId: string,
  version: string,
): Promise<ReportRow | null> {
  const rows = await sql<ReportRow[]>`
    SELECT version, requested_at AS "requestedAt", leased_until AS "leasedUntil", done, total,
      finished_at AS "finishedAt", failure, report
    FROM model_reports WHERE project_id = ${projectId} AND version = ${version}`;
  return rows[0] ?? null;
}

/** Takes the report that has waited longest, for a while. */
export async function claimReport(
  sql: Sql,
  { now, leaseUntil }: { now: string; leaseUntil: string },
): Promise<ClaimedReport | null> {
  const rows = await sql<ClaimedReport[]>`
    WITH due AS (
      SELECT project_id, version FROM model_reports
      WHERE finished_at IS NULL AND (leased_until IS NULL OR leased_until < ${now}::timestamptz)
      ORDER BY requested_at, version LIMIT 1 FOR UPDATE SKIP LOCKED
    )
    UPDATE model_reports AS one SET leased_until = ${leaseUntil}::timestamptz
    FROM due WHERE one.project_id = due.project_id AND one.version = due.version
    RETURNING one.project_id AS "projectId", one.version, one.requested_at::text AS "requestedAt"`;
  return rows[0] ?? null;
}

/** Notes how far a report is, and that its worker lives. */
export async function updateProgress(
  sql: SqlQueryable,
  claimed: ClaimedReport,
  progress: { done: number; total: number; leaseUntil: string },
): Promise<void> {
  await sql`
    UPDATE model_reports SET done = ${progress.done}, total = ${progress.total},
      leased_until = ${progress.leaseUntil}::timestamptz
    WHERE project_id = ${claimed.projectId} AND version = ${claimed.version}
      AND requested_at = ${claimed.requestedAt}::text::timestamptz AND finished_at IS NULL`;
}

/** Keeps a report, or why there is none. */
export async function storeReport(
  sql: SqlQueryable,
  claimed: ClaimedReport,
  result: { at: string } & ({ report: string } | { failure: string }),
): Promise<void> {
  const report = "report" in result ? result.report : null;
  const failure = "failure" in result ? result.failure : null;
  await sql`
    UPDATE model_reports SET finished_at = ${result.at}::timestamptz, leased_until = NULL,
      failure = ${failure}, report = coalesce(${report}::text::jsonb, report)
    WHERE project_id = ${claimed.projectId} AND version = ${claimed.version}
      AND requested_at = ${claimed.requestedAt}::text::timestamptz`;
}

/** Gives a report back, to be made by another worker. */
export async function releaseReport(sql: SqlQueryable, claimed: ClaimedReport): Promise<void> {
  await sql`
    UPDATE model_reports SET leased_until = NULL
    WHERE project_id = ${claimed.projectId} AND version = ${claimed.version}
      AND requested_at = ${claimed.requestedAt}::text::timestamptz AND finished_at IS NULL`;
}
