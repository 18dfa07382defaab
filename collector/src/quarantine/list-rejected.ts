import type { SqlQueryable } from "../db/client.ts";
import { parseCursor, toCursor } from "../pagination.ts";
import { listRejectedRows } from "./queries.ts";
import type { RejectedQuery } from "./schema.ts";

/** A page of the messages that were not stored, newest first. */
export async function listRejected(sql: SqlQueryable, projectId: string, query: RejectedQuery) {
  const [before] = query.cursor === undefined ? [null] : parseCursor(query.cursor, ["id"]);
  const rows = await listRejectedRows(sql, {
    projectId,
    code: query.code ?? null,
    before,
    limit: query.limit + 1,
  });
  const page = rows.slice(0, query.limit);
  const last = page.at(-1);
  return {
    data: page.map((row) => ({
      ...row,
      receivedAt: row.receivedAt.toISOString(),
      replayedAt: row.replayedAt?.toISOString() ?? null,
    })),
    nextCursor: rows.length > query.limit && last ? toCursor([last.id]) : null,
  };
}
