import type { Sql } from "../db/client.ts";
import { type HistoryRow, readHistory } from "./past-queries.ts";

/** An account's scores, one a day, oldest first. */
export function getHistory(
  sql: Sql,
  projectId: string,
  accountId: string,
  span: { from: string; to: string },
): Promise<HistoryRow[]> {
  return readHistory(sql, projectId, accountId, span);
}
