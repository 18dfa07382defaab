import type { PendingQuery, Row } from "postgres";
import type { Sql } from "../db/client.ts";
import { forgottenDay } from "../identity/proof-days.ts";
import { deleteProofCountsUntil } from "../identity/queries.ts";
import type { Project } from "../projects/queries.ts";
import { readSettings } from "../projects/settings.ts";
import { deleteRejectedBefore } from "../quarantine/queries.ts";
import { deleteSessionsBefore } from "../sessions/queries.ts";
import { retireMessages } from "../webhooks/retire-messages.ts";
import { dropPartitionsBefore, firstIdAt } from "./partitions.ts";

const DAY_MS = 86_400_000;
/** Ingestion refuses keys that are older than the retention: a day later nothing of it can come in. */
const GRACE_MS = DAY_MS;
const QUARANTINE_DAYS = 14;
const SCHEDULE_RUN_DAYS = 30;
const PORTION = 5_000;

/** What the retention removed. */
export interface Retired {
  partitions: string[];
  events: number;
  rejectedMessages: number;
  webhookMessages: number;
}

/**
 * Removes raw events and sessions that are older than their project keeps them. Where all projects agree, whole
 * months go by dropping their partition; else rows go in portions. Daily usage and scores stay. Webhook messages,
 * rejected messages, counts of proofs and records of schedules go by ages of their own.
 */
export async function applyRetention(
  sql: Sql,
  projects: readonly Project[],
  nowMs: number,
): Promise<Retired> {
  const days = projects.map(({ settings }) => readSettings(settings).retentionDays);
  const isBounded = days.length > 0 && days.every((one) => one !== null);
  const longest = Math.max(0, ...days.map((one) => one ?? 0));
  const partitions = isBounded
    ? await dropPartitionsBefore(sql, nowMs - longest * DAY_MS - GRACE_MS)
    : [];
  let events = 0;
  let webhookMessages = 0;
  for (const [index, { id }] of projects.entries()) {
    const kept = days[index];
    webhookMessages += await retireMessages(sql, id, { retentionDays: kept ?? null, now: nowMs });
    if (typeof kept !== "number") continue;
    const oldest = nowMs - kept * DAY_MS - GRACE_MS;
    await deleteSessionsBefore(sql, id, new Date(oldest).toISOString());
    events += await deleteEventsBefore(sql, id, firstIdAt(oldest));
    events += await deleteAheadBefore(sql, id, { nowMs, oldestMs: oldest });
  }
  const before = (age: number) => new Date(nowMs - age * DAY_MS).toISOString();
  const rejectedMessages = await deleteRejectedBefore(sql, before(QUARANTINE_DAYS));
  await sql`DELETE FROM schedule_runs WHERE due_at < ${before(SCHEDULE_RUN_DAYS)}::timestamptz`;
  await deleteProofCountsUntil(sql, forgottenDay(nowMs));
  return { partitions, events, rejectedMessages, webhookMessages };
}

async function deleteEventsBefore(sql: Sql, projectId: string, eventId: string): Promise<number> {
  const isBefore = sql`event_id < ${eventId}::uuid`;
  await deleteInPortions(sql, projectId, {
    table: "event_ids",
    key: "message_hash",
    which: isBefore,
  });
  return deleteInPortions(sql, projectId, { table: "events", key: "event_id", which: isBefore });
}

/** A clock that is years ahead gives keys that would be kept for as long. There are few of them. */
async function deleteAheadBefore(
  sql: Sql,
  projectId: string,
  { nowMs, oldestMs }: { nowMs: number; oldestMs: number },
): Promise<number> {
  const which = sql`event_id >= ${firstIdAt(nowMs)}::uuid
    AND occurred_at < ${new Date(oldestMs).toISOString()}::timestamptz`;
  return deleteInPortions(sql, projectId, { table: "events", key: "event_id", which });
}

async function deleteInPortions(
  sql: Sql,
  projectId: string,
  { table, key, which }: { table: string; key: string; which: PendingQuery<Row[]> },
): Promise<number> {
  let deleted = 0;
  for (;;) {
    const { count } = await sql`
      DELETE FROM ${sql(table)} WHERE project_id = ${projectId} AND ${sql(key)} IN (
        SELECT ${sql(key)} FROM ${sql(table)}
        WHERE project_id = ${projectId} AND ${which} LIMIT ${PORTION})`;
    deleted += count;
    if (count < PORTION) return deleted;
  }
}
