import { validate as isUuid } from "uuid";
import type { SqlQueryable } from "../db/client.ts";
import { parseCursor, toCursor } from "../pagination.ts";
import { Problem } from "../problem.ts";
import { listRejectedRows } from "./queries.ts";
import type { RejectedQuery } from "./schema.ts";

/** A page of the messages that were not stored, newest first. */
export async function listRejected(sql: SqlQueryable, projectId: string, query: RejectedQuery) {
  const before = query.cursor === undefined ? null : parseCursor(query.cursor, 1)[0];
  if (before !== null && !isUuid(before)) {
    throw new Problem("invalid-request", "The cursor is not one that this list gave.", {
      errors: [{ pointer: "/cursor", detail: "take nextCursor of the page before, unchanged" }],
    });
  }
  const rows = await listRejectedRows(sql, {
    projectId,
    code: query.code ?? null,
    before: before as string | null,
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
