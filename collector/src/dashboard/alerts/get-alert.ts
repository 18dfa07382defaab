import { validate as isUuid } from "uuid";
import type { Sql } from "../../db/client.ts";
import { Problem } from "../../problem.ts";
import { type AlertRow, findAlert } from "./queries.ts";

/** @throws {Problem} not-found, also for what is no id at all */
export async function getAlertRow(sql: Sql, projectId: string, id: string): Promise<AlertRow> {
  const alert = isUuid(id) ? await findAlert(sql, projectId, id) : null;
  if (!alert) throw new Problem("not-found", "There is no such alert in this project.");
  return alert;
}
