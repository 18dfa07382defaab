import { type Sorted, sortRows } from "../bulk.ts";
import type { Sql } from "../db/client.ts";
import { upsertOutcomes } from "./queries.ts";
import { type Outcome, outcomeSchema } from "./schema.ts";

/** Keeps the good rows; one that is sent again replaces the earlier. */
export async function recordOutcomes(
  sql: Sql,
  projectId: string,
  rows: unknown[],
  now: number,
): Promise<Omit<Sorted<Outcome>, "good"> & { accepted: number }> {
  const { good, rejected } = sortRows(rows, outcomeSchema);
  if (good.length > 0) await upsertOutcomes(sql, projectId, good, new Date(now).toISOString());
  return { accepted: good.length, rejected };
}
