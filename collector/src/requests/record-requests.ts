import { v7 } from "uuid";
import { type Sorted, sortRows } from "../bulk.ts";
import type { Sql } from "../db/client.ts";
import { upsertRequests } from "./queries.ts";
import { newRequest } from "./schema.ts";

/**
 * Keeps what accounts ask for outside of surveys; the good rows are stored, the bad ones named.
 *
 * @param now - milliseconds since the epoch
 */
export async function recordRequests(
  sql: Sql,
  projectId: string,
  rows: unknown[],
  now: number,
): Promise<Pick<Sorted<unknown>, "rejected"> & { accepted: number }> {
  const { good, rejected } = sortRows(rows, newRequest);
  const complete = good.map((row) => ({
    id: row.id ?? v7(),
    accountId: row.accountId,
    userId: row.userId ?? "",
    text: row.text,
    source: row.source ?? "",
    tags: row.tags,
    requestedAt: new Date(row.requestedAt ?? now).toISOString(),
  }));
  await sql.begin((tx) => upsertRequests(tx, projectId, complete));
  return { accepted: complete.length, rejected };
}
