import { setTimeout as sleep } from "node:timers/promises";
import type { TransactionSql } from "postgres";
import type { Sql } from "../db/client.ts";

const MONTHS_AHEAD = 2;
/** Any fixed number: who holds this advisory lock changes partitions. */
const LOCK_KEY = 4_700_002;
const LOCK_TIMEOUT = "55P03";
/** Together with the pauses longer than an everyday statement may take, 30 s. */
const MAX_TRIES = 15;
const PAUSE_MS = 1_500;

/** A month of events, by the time in their keys. */
export interface Month {
  name: string;
  /** First key of the month, and first of the next. */
  fromId: string;
  toId: string;
  /** Milliseconds since the epoch. */
  endMs: number;
}

/** The smallest UUID of a moment: keys are UUIDv7, which begin with their time. */
export function firstIdAt(ms: number): string {
  const hex = Math.max(0, ms).toString(16).padStart(12, "0");
  return `${hex.slice(0, 8)}-${hex.slice(8)}-0000-0000-000000000000`;
}

/** The month `offset` months after the one that a moment lies in, in UTC. */
export function monthOf(ms: number, offset = 0): Month {
  const date = new Date(ms);
  const start = Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + offset, 1);
  const end = Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + offset + 1, 1);
  const [year, month] = new Date(start).toISOString().split("-");
  return {
    name: `events_${year}_${month}`,
    fromId: firstIdAt(start),
    toId: firstIdAt(end),
    endMs: end,
  };
}

/** Partitions of events, by name. */
export async function listPartitions(sql: Sql): Promise<string[]> {
  const rows = await sql<{ name: string }[]>`
    SELECT relname AS name FROM pg_class JOIN pg_inherits ON inhrelid = pg_class.oid
    WHERE inhparent = 'events'::regclass ORDER BY relname`;
  return rows.map(({ name }) => name);
}

/**
 * Makes the partitions of this month and the next two, where they are missing. What came into the
 * default partition before, from clocks that run ahead, moves in.
 *
 * @returns the names of those made now
 */
export async function ensurePartitions(sql: Sql, nowMs: number): Promise<string[]> {
  const made: string[] = [];
  for (let offset = 0; offset <= MONTHS_AHEAD; offset += 1) {
    const month = monthOf(nowMs, offset);
    if (await makePartition(sql, month)) made.push(month.name);
  }
  return made;
}

async function makePartition(sql: Sql, { name, fromId, toId }: Month): Promise<boolean> {
  return beginPolitely(sql, async (tx) => {
    await tx`SELECT pg_advisory_xact_lock(${LOCK_KEY})`;
    const found = await tx`SELECT 1 FROM pg_class WHERE relname = ${name} AND relispartition`;
    if (found.length > 0) return false;
    await tx`SET LOCAL statement_timeout = 0`;
    await lockEvents(tx);
    await tx`CREATE TABLE ${tx(name)} (LIKE events INCLUDING DEFAULTS)`;
    await tx`
      WITH moved AS (
        DELETE FROM events_default WHERE event_id >= ${fromId}::uuid AND event_id < ${toId}::uuid
        RETURNING *
      ) INSERT INTO ${tx(name)} SELECT * FROM moved`;
    // DDL takes no parameters; the ids are made of digits here.
    await tx.unsafe(
      `ALTER TABLE events ATTACH PARTITION ${name} FOR VALUES FROM ('${fromId}') TO ('${toId}')`,
    );
    return true;
  });
}

/** Who waits for this lock keeps all others waiting, ingestion too: for a second at most. */
async function lockEvents(tx: TransactionSql): Promise<void> {
  await tx`SET LOCAL lock_timeout = '1s'`;
  await tx`LOCK TABLE events IN ACCESS EXCLUSIVE MODE`;
}

/** Runs a transaction again that got no lock in time, with pauses for those who wait behind it. */
async function beginPolitely<T>(sql: Sql, change: (tx: TransactionSql) => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return (await sql.begin(change)) as T;
    } catch (error) {
      if ((error as { code?: unknown }).code !== LOCK_TIMEOUT || tries === MAX_TRIES) throw error;
    }
    await sleep(PAUSE_MS);
  }
}

/** Drops the partitions of months that ended before a moment. */
export async function dropPartitionsBefore(sql: Sql, cutoffMs: number): Promise<string[]> {
  const dropped: string[] = [];
  for (const name of await listPartitions(sql)) {
    const [, year, month] = /^events_(\d{4})_(\d{2})$/.exec(name) ?? [];
    if (!year || monthOf(Date.UTC(Number(year), Number(month) - 1)).endMs > cutoffMs) continue;
    await beginPolitely(sql, async (tx) => {
      await lockEvents(tx);
      await tx`DROP TABLE ${tx(name)}`;
    });
    dropped.push(name);
  }
  return dropped;
}
