import type { Db } from "../db/client.ts";
import { parseCursor, toCursor } from "../pagination.ts";
import { Problem } from "../problem.ts";
import { segmentsOf } from "../scores/standing.ts";
import { type AccountRow, findAccount, findAccounts } from "./queries.ts";
import type { Account, AccountListQuery } from "./schema.ts";

function toAccount(row: AccountRow): Account {
  return {
    id: row.accountId,
    name: row.name,
    traits: row.traits,
    externalIds: row.externalIds,
    segments: segmentsOf(row.traits),
    createdAt: row.createdAt.toISOString(),
    lastSeenAt: row.lastSeenAt.toISOString(),
    score: row.score,
    tier: row.tier ?? "unknown",
    sequence: row.sequence ?? 0,
  };
}

/** A page of a project's accounts with where they stand. */
export async function listAccounts(
  db: Db,
  projectId: string,
  query: AccountListQuery,
): Promise<{ data: Account[]; nextCursor: string | null }> {
  const [after] = query.cursor ? parseCursor(query.cursor, 1) : [""];
  const rows = await findAccounts(db, projectId, {
    ...query,
    after: String(after),
    limit: query.limit + 1,
  });
  const page = rows.slice(0, query.limit);
  const last = page.at(-1);
  const hasMore = rows.length > query.limit && last !== undefined;
  return { data: page.map(toAccount), nextCursor: hasMore ? toCursor([last.accountId]) : null };
}

/** @throws {Problem} not-found */
export async function getAccount(db: Db, projectId: string, accountId: string): Promise<Account> {
  const row = await findAccount(db, projectId, accountId);
  if (!row) throw new Problem("not-found", `There is no account ${accountId} in this project.`);
  return toAccount(row);
}
