import { getAccount } from "../accounts/list-accounts.ts";
import type { Database } from "../db/client.ts";
import { parseCursor, toCursor } from "../pagination.ts";
import { findSessions, type SessionPosition, type SessionRow } from "./queries.ts";
import type { Session } from "./schema.ts";

function toSession(row: SessionRow): Session {
  return {
    id: row.sessionId,
    userId: row.userId,
    startedAt: row.startedAt.toISOString(),
    lastEventAt: row.lastEventAt.toISOString(),
    eventCount: row.eventCount,
    engagedMs: row.engagedMs,
  };
}

function toPosition(cursor: string): SessionPosition {
  const [startedAt, userId, sessionId] = parseCursor(cursor, ["moment", "text", "text"]);
  return { startedAt, userId, sessionId };
}

/**
 * A page of an account's sessions, the newest first.
 *
 * @throws {Problem} not-found
 */
export async function listSessions(
  { db, sql }: Database,
  projectId: string,
  page: { accountId: string; limit: number; cursor?: string | undefined },
): Promise<{ data: Session[]; nextCursor: string | null }> {
  const { accountId, limit, cursor } = page;
  await getAccount(db, projectId, accountId);
  const after = cursor ? toPosition(cursor) : null;
  const rows = await findSessions(sql, projectId, { accountId, after, limit: limit + 1 });
  const data = rows.slice(0, limit).map(toSession);
  const last = data.at(-1);
  const hasMore = rows.length > limit && last !== undefined;
  return { data, nextCursor: hasMore ? toCursor([last.startedAt, last.userId, last.id]) : null };
}
