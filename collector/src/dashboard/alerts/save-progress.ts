import { type AuditEntry, recordAudit } from "../../audit/record-audit.ts";
import type { Sql } from "../../db/client.ts";
import { updateDoneSteps } from "./queries.ts";

/** Notes which steps of an alert's playbook are done, and who says so. */
export async function saveProgress(
  sql: Sql,
  alert: { id: string; done: number[] },
  by: Pick<AuditEntry, "projectId" | "actor" | "at" | "ip">,
): Promise<void> {
  const at = new Date(by.at).toISOString();
  await sql.begin(async (tx) => {
    await updateDoneSteps(tx, { projectId: by.projectId, ...alert, at });
    await recordAudit(tx, { ...by, action: "playbook.progressed", target: alert.id });
  });
}
