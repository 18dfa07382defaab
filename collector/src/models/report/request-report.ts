import type { Sql } from "../../db/client.ts";
import { getModelRow } from "../read-models.ts";
import type { ModelReport } from "./make-report.ts";
import { findReport, insertReportRequest } from "./queries.ts";

/** Where the report on a model stands. */
export interface ReportState {
  version: string;
  status: "none" | "waiting" | "running" | "done" | "failed";
  /** ISO 8601; null when nobody asked. */
  requestedAt: string | null;
  /** Of `total` steps; both 0 before it begins. */
  done: number;
  total: number;
  failure: string | null;
  /** The newest that was finished, also while another is being made. */
  report: ModelReport | null;
}

interface Subject {
  projectId: string;
  version: string;
}

/**
 * Has a worker make the report on a model. While one is being made, asking again changes nothing.
 *
 * @throws {Problem} not-found
 */
export async function requestReport(
  sql: Sql,
  { projectId, version }: Subject,
  now: number,
): Promise<ReportState> {
  await getModelRow(sql, projectId, version);
  await insertReportRequest(sql, { projectId, version, at: new Date(now).toISOString() });
  return getReport(sql, { projectId, version });
}

/** @throws {Problem} not-found */
export async function getReport(sql: Sql, { projectId, version }: Subject): Promise<ReportState> {
  await getModelRow(sql, projectId, version);
  const row = await findReport(sql, projectId, version);
  return {
    version,
    status: row ? statusOf(row) : "none",
    requestedAt: row?.requestedAt.toISOString() ?? null,
    done: row?.done ?? 0,
    total: row?.total ?? 0,
    failure: row?.failure ?? null,
    report: (row?.report ?? null) as ModelReport | null,
  };
}

function statusOf(row: {
  finishedAt: Date | null;
  failure: string | null;
  leasedUntil: Date | null;
}): ReportState["status"] {
  if (row.finishedAt) return row.failure === null ? "done" : "failed";
  return row.leasedUntil ? "running" : "waiting";
}
