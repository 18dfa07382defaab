import { v7 } from "uuid";
import type { AppDeps } from "../app.ts";
import type { SqlQueryable } from "../db/client.ts";
import type { AuditAction } from "./actions.ts";
import { toAuditChange } from "./audit-change.ts";
import { insertAuditEntry } from "./queries.ts";

/** Who did what to what. */
export interface AuditEntry {
  projectId: string;
  /** A member's name, or `key sk_abc12…` for the REST interface. */
  actor: string;
  action: AuditAction;
  /** What it was done to: an id or a name. */
  target?: string;
  /** The address it came from; null or absent: none is known. */
  ip?: string | null;
  /** What it was done to, as it was; the log shows the fields that differ, no secrets. */
  before?: unknown;
  /** As it is. */
  after?: unknown;
  /** Milliseconds since the epoch. */
  at: number;
}

/** Appends to the audit log; call it in the transaction of the change where there is one. */
export async function recordAudit(sql: SqlQueryable, entry: AuditEntry): Promise<void> {
  await insertAuditEntry(sql, {
    projectId: entry.projectId,
    id: v7(),
    at: new Date(entry.at).toISOString(),
    actor: entry.actor.slice(0, 200),
    action: entry.action,
    target: (entry.target ?? "").slice(0, 500),
    ip: entry.ip ?? "",
    change: toAuditChange(entry.before, entry.after),
  });
}

/**
 * Appends what is done already. That it cannot be written is told by our log alone: the answer may hold
 * a secret that is shown this once.
 */
export async function recordDone(
  deps: Pick<AppDeps, "database" | "logger">,
  entry: AuditEntry,
): Promise<void> {
  try {
    await recordAudit(deps.database.sql, entry);
  } catch (err) {
    const { action } = entry;
    deps.logger.error({ err, action }, "a change could not be written into the audit log");
  }
}
