import { and, desc, eq, lt } from "drizzle-orm";
import type { Db, SqlQueryable } from "../db/client.ts";
import { auditLog } from "../db/schema/dashboard.ts";

export type AuditRow = typeof auditLog.$inferSelect;

export async function insertAuditEntry(
  sql: SqlQueryable,
  entry: Omit<AuditRow, "at"> & { at: string },
): Promise<void> {
  await sql`
    INSERT INTO audit_log (project_id, id, at, actor, action, target, ip, change)
    VALUES (${entry.projectId}, ${entry.id}, ${entry.at}::timestamptz, ${entry.actor},
      ${entry.action}, ${entry.target}, ${entry.ip},
      ${entry.change === null ? null : JSON.stringify(entry.change)}::text::jsonb)`;
}

/** Newest first, older than an id. */
export async function findAuditEntries(
  db: Db,
  projectId: string,
  page: { before: string | null; limit: number },
): Promise<AuditRow[]> {
  return db
    .select()
    .from(auditLog)
    .where(
      and(
        eq(auditLog.projectId, projectId),
        page.before ? lt(auditLog.id, page.before) : undefined,
      ),
    )
    .orderBy(desc(auditLog.id))
    .limit(page.limit);
}
