import type { Sql } from "../db/client.ts";
import {
  countArrivals,
  findProgress,
  lockSessions,
  moveAliased,
  recordProgress,
} from "./queries.ts";

/** What came in longer ago is committed or refused: a request waits 10 s at most. */
const SETTLED_MS = 60_000;
const LONGEST_STRETCH_MS = 86_400_000;

/**
 * Counts sessions up to a minute ago. Each event counts once, by when it came in, or was replayed from
 * the quarantine: a stretch of time and how far it reached share a commit.
 *
 * @param now - milliseconds since the epoch
 */
export async function countSessions(sql: Sql, now: number): Promise<void> {
  while (await countStretch(sql, now - SETTLED_MS));
}

/** @returns whether there is more to count */
async function countStretch(sql: Sql, end: number): Promise<boolean> {
  return sql.begin(async (tx) => {
    await lockSessions(tx);
    const progress = await findProgress(tx);
    if (!progress || progress.getTime() >= end) return false;
    const until = Math.min(end, progress.getTime() + LONGEST_STRETCH_MS);
    const stretch = { from: progress.toISOString(), until: new Date(until).toISOString() };
    await tx`SET LOCAL statement_timeout = 0`;
    await countArrivals(tx, stretch);
    await moveAliased(tx, stretch);
    await recordProgress(tx, stretch.until);
    return until < end;
  });
}
