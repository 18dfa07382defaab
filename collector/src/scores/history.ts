import { countTierChanges } from "@telltale/scoring";
import type { Sql } from "../db/client.ts";
import { type HistoryRow, readHistory } from "./past-queries.ts";

/** An account's scores of a span. */
export interface ScoreHistory {
  /** One a day, oldest first. */
  data: HistoryRow[];
  /** How often the tier became another one, first scores aside. */
  tierChanges: number;
}

/** An account's scores between two calendar days, both inclusive. */
export async function getHistory(
  sql: Sql,
  projectId: string,
  accountId: string,
  span: { from: string; to: string },
): Promise<ScoreHistory> {
  const data = await readHistory(sql, projectId, accountId, span);
  return { data, tierChanges: countTierChanges(data) };
}
