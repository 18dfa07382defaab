import type { Db } from "../db/client.ts";
import { parseCursor, toCursor } from "../pagination.ts";
import { findAuditEntries } from "./queries.ts";

/** A page of a project's audit log, newest first. */
export async function listAudit(
  db: Db,
  projectId: string,
  page: { limit: number; cursor?: string | undefined },
) {
  const [before] = page.cursor ? parseCursor(page.cursor, ["id"]) : [null];
  const rows = await findAuditEntries(db, projectId, { before, limit: page.limit + 1 });
  const shown = rows.slice(0, page.limit);
  const last = shown.at(-1);
  return {
    data: shown.map(({ id, at, actor, action, target, ip, change }) => ({
      id,
      at: at.toISOString(),
      actor,
      action,
      target,
      ip,
      change,
    })),
    nextCursor: rows.length > page.limit && last ? toCursor([last.id]) : null,
  };
}
