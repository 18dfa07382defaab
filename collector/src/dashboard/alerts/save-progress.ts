import { type AuditEntry, recordAudit } from "../../audit/record-audit.ts";
import type { Sql } from "../../db/client.ts";
import { updateDoneSteps } from "./queries.ts";

/** People count steps from one. */
const toNumber = (place: number): number => place + 1;

/** Notes which steps of an alert's playbook are done, and who says so. */
export async function saveProgress(
  sql: Sql,
  { id, before, done }: { id: string; before: number[]; done: number[] },
  by: Pick<AuditEntry, "projectId" | "actor" | "at" | "ip">,
): Promise<void> {
  const at = new Date(by.at).toISOString();
  await sql.begin(async (tx) => {
    await updateDoneSteps(tx, { projectId: by.projectId, id, done, at });
    await recordAudit(tx, {
      ...by,
      action: "playbook.progressed",
      target: id,
      before: { doneSteps: before.map(toNumber) },
      after: { doneSteps: done.map(toNumber) },
    });
  });
}
