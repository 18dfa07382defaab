import type { SqlQueryable } from "../db/client.ts";
import { forgottenDay } from "./proof-days.ts";
import { sumProofCounts } from "./queries.ts";

/**
 * Those of the accounts whose people prove who they are, so that nobody else speaks for them.
 *
 * @param now - milliseconds since the epoch
 */
export async function findProtected(
  sql: SqlQueryable,
  projectId: string,
  { accountIds, now }: { accountIds: string[]; now: number },
): Promise<Set<string>> {
  if (accountIds.length === 0) return new Set();
  const since = forgottenDay(now);
  const counts = await sumProofCounts(sql, projectId, { accountIds, since });
  return new Set(counts.filter(({ signed }) => signed > 0).map(({ accountId }) => accountId));
}
