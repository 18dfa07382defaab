import type { AppDeps } from "../../app.ts";
import type { Sql } from "../../db/client.ts";
import { sumArrivals } from "../../operations/arrival-queries.ts";
import { readKeys } from "../../projects/issue-key.ts";
import { listRejectedRows, type RejectedRow } from "../../quarantine/queries.ts";
import type { InstallView } from "./install-page.tsx";
import {
  countDeliveries,
  countRejected,
  type EventRow,
  findFirstAndLastEvent,
  findIncidents,
  findNewestEvents,
  findSources,
} from "./queries.ts";
import type { SourcesView } from "./sources-page.tsx";

const DAY_MS = 86_400_000;
const REJECTED_ROWS = 30;
const LIVE_ROWS = 50;
/** So many of the newest events tell whether accounts and features are named. */
const CHECKED_EVENTS = 500;

const daysBefore = (now: number, days: number) => new Date(now - days * DAY_MS).toISOString();

/** Whether what the scores are made of still arrives. */
export async function readSources(sql: Sql, projectId: string, now: number): Promise<SourcesView> {
  const [sources, rejected, incidents, arrivals] = await Promise.all([
    findSources(sql, { projectId, now }),
    countRejected(sql, projectId, daysBefore(now, 7)),
    findIncidents(sql, projectId),
    sumArrivals(sql, projectId, daysBefore(now, 6).slice(0, 10)),
  ]);
  return { sources, rejected, incidents, arrivals };
}

/** What to paste into an app, and what of it works. */
export async function readInstall(
  { database: { sql, db }, publicUrl, clock }: Pick<AppDeps, "database" | "publicUrl" | "clock">,
  projectId: string,
): Promise<InstallView> {
  const now = clock();
  const [keys, seen, newest] = await Promise.all([
    readKeys(db, projectId),
    findFirstAndLastEvent(sql, { projectId, now }),
    findNewestEvents(sql, { projectId, now, limit: CHECKED_EVENTS }),
  ]);
  const key = keys.findLast(({ kind, revokedAt }) => kind === "write" && revokedAt === null);
  return { publicUrl, writeKeyPrefix: key?.prefix ?? null, seen, newest };
}

/** The newest events, as they arrive. */
export async function readLiveEvents(
  sql: Sql,
  projectId: string,
  now: number,
): Promise<EventRow[]> {
  return findNewestEvents(sql, { projectId, now, limit: LIVE_ROWS });
}

/** A page of what could not be stored, with the count of each reason in 30 days. */
export interface RejectedView {
  rows: RejectedRow[];
  counts: Awaited<ReturnType<typeof countRejected>>;
  code: string;
  /** Id to go on from; null on the last page. */
  next: string | null;
}

export async function readRejected(
  sql: Sql,
  projectId: string,
  wish: { code: string; before: string | null; now: number },
): Promise<RejectedView> {
  const { code, before, now } = wish;
  const [rows, counts] = await Promise.all([
    listRejectedRows(sql, { projectId, code: code || null, before, limit: REJECTED_ROWS + 1 }),
    countRejected(sql, projectId, daysBefore(now, 30)),
  ]);
  const shown = rows.slice(0, REJECTED_ROWS);
  const next = rows.length > REJECTED_ROWS ? (shown.at(-1)?.id ?? null) : null;
  return { rows: shown, counts, code, next };
}

/** Deliveries of the last 7 days of each endpoint, by what became of them. */
export async function readDeliveryCounts(sql: Sql, projectId: string, now: number) {
  return countDeliveries(sql, projectId, daysBefore(now, 7));
}
