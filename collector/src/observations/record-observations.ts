import { type Sorted, sortRows } from "../bulk.ts";
import type { Sql } from "../db/client.ts";
import { upsertObservations } from "./queries.ts";
import { type Observation, observationSchema } from "./schema.ts";

/** Keeps the good rows; one of the same account, series and moment replaces the earlier. */
export async function recordObservations(
  sql: Sql,
  projectId: string,
  rows: unknown[],
  now: number,
): Promise<Omit<Sorted<Observation>, "good"> & { accepted: number }> {
  const { good, rejected } = sortRows(rows, observationSchema);
  const at = new Date(now).toISOString();
  if (good.length > 0) {
    const complete = good.map((row) => ({
      ...row,
      observedAt: row.observedAt === undefined ? at : new Date(row.observedAt).toISOString(),
      source: row.source ?? "",
    }));
    await sql.begin((tx) => upsertObservations(tx, projectId, complete, at));
  }
  return { accepted: good.length, rejected };
}
