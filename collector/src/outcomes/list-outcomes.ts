import type { z } from "zod";
import type { Sql } from "../db/client.ts";
import { parseCursor, toCursor } from "../pagination.ts";
import { readOutcomes } from "./queries.ts";
import type { Outcome, outcomeListQuery } from "./schema.ts";

/** A page of a project's outcomes in the order of their days. */
export async function listOutcomes(
  sql: Sql,
  projectId: string,
  query: z.output<typeof outcomeListQuery>,
): Promise<{ data: Outcome[]; nextCursor: string | null }> {
  const rows = await readOutcomes(sql, projectId, {
    accountId: query.accountId ?? null,
    after: query.cursor ? [...parseCursor(query.cursor, ["day", "text", "text"])] : [],
    limit: query.limit + 1,
  });
  const data = rows.slice(0, query.limit);
  const last = rows.length > query.limit ? data.at(-1) : undefined;
  const nextCursor = last ? toCursor([last.occurredOn, last.accountId, last.kind]) : null;
  return { data, nextCursor };
}
