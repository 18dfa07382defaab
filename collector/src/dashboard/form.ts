import { recordAudit } from "../audit/record-audit.ts";
import type { SqlQueryable } from "../db/client.ts";
import type { DashboardContext } from "./env.ts";

/** The fields of a form as trimmed text; files and repetitions are left out. */
export async function readForm(c: DashboardContext): Promise<(name: string) => string> {
  const fields = await c.req.parseBody();
  return (name) => {
    const value = fields[name];
    return typeof value === "string" ? value.trim() : "";
  };
}

/** Who does something, where and from where, for the audit log. */
export const actorOf = (c: DashboardContext) => ({
  projectId: c.get("project").id,
  actor: c.get("session").member.name,
  ip: c.get("address"),
});

/** Notes in the audit log what the signed-in member did. */
export async function auditAction(
  c: DashboardContext,
  sql: SqlQueryable,
  entry: { action: string; target?: string; at: number },
): Promise<void> {
  await recordAudit(sql, { ...entry, ...actorOf(c) });
}
