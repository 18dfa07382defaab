import type { SqlQueryable } from "../db/client.ts";
import { readAccountIds } from "./queries.ts";

const PAGE_ACCOUNTS = 200;

/** The ids of a project's accounts, a page at a time, so that memory does not grow with them. */
export async function* eachPageOfAccounts(
  sql: SqlQueryable,
  projectId: string,
  pageAccounts = PAGE_ACCOUNTS,
): AsyncGenerator<string[]> {
  for (let after = ""; ; ) {
    const ids = await readAccountIds(sql, projectId, after, pageAccounts);
    const last = ids.at(-1);
    if (last === undefined) return;
    yield ids;
    after = last;
  }
}
