import { type Sorted, sortRows } from "../bulk.ts";
import type { Sql } from "../db/client.ts";
import { findUnknownAccounts, upsertOutcomes } from "./queries.ts";
import { type Outcome, outcomeSchema } from "./schema.ts";

/** What became of the rows; a warning is of one that is kept, but can't be evaluated yet. */
export interface RecordedOutcomes extends Pick<Sorted<Outcome>, "rejected"> {
  accepted: number;
  warnings: Sorted<Outcome>["rejected"];
}

/** Keeps the good rows; one that is sent again replaces the earlier. */
export async function recordOutcomes(
  sql: Sql,
  projectId: string,
  rows: unknown[],
  now: number,
): Promise<RecordedOutcomes> {
  const { good, rejected } = sortRows(rows, outcomeSchema);
  if (good.length === 0) return { accepted: 0, rejected, warnings: [] };
  await upsertOutcomes(sql, projectId, good, new Date(now).toISOString());
  const ids = [...new Set(good.map((row) => row.accountId))];
  const unknown = new Set(await findUnknownAccounts(sql, projectId, ids));
  const bad = new Set(rejected.map(({ index }) => index));
  const places = rows.map((_, index) => index).filter((index) => !bad.has(index));
  const warnings = good.flatMap(({ accountId, occurredOn }, i) => {
    const index = places[i] as number;
    if (unknown.has(accountId)) {
      const detail = `account ${accountId} has sent nothing yet: kept, and evaluated once it has. Check the id if events came before.`;
      return { index, detail };
    }
    if (Date.parse(occurredOn) <= now) return [];
    return {
      index,
      detail: `${occurredOn} is in the future: kept, and evaluated once it has come.`,
    };
  });
  return { accepted: good.length, rejected, warnings };
}
