import type { Db } from "../db/client.ts";
import type { SegmentRule } from "../db/schema/segments.ts";
import { parseCursor, toCursor } from "../pagination.ts";
import { Problem } from "../problem.ts";
import { segmentsOf } from "../scores/standing.ts";
import { findSegment } from "../segments/queries.ts";
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

/**
 * `plan:pro` names a trait and its value, a word without colon a saved segment.
 *
 * @throws {Problem} invalid-request
 */
async function findRules(
  db: Db,
  projectId: string,
  segment: string | undefined,
): Promise<SegmentRule[]> {
  if (segment === undefined) return [];
  const [trait = "", ...value] = segment.split(":");
  if (value.length > 0) return [{ trait, operator: "equals", value: value.join(":") }];
  const saved = await findSegment(db, projectId, segment);
  if (saved) return saved.rules;
  throw new Problem("invalid-request", `There is no saved segment ${segment}.`, {
    errors: [{ pointer: "/segment", detail: "a key of GET /v1/segments, or trait:value" }],
  });
}

/**
 * A page of a project's accounts with where they stand.
 *
 * @throws {Problem} invalid-request
 */
export async function listAccounts(
  db: Db,
  projectId: string,
  query: AccountListQuery,
): Promise<{ data: Account[]; nextCursor: string | null }> {
  const [after] = query.cursor ? parseCursor(query.cursor, ["text"]) : [""];
  const rows = await findAccounts(db, projectId, {
    tier: query.tier,
    q: query.q,
    rules: await findRules(db, projectId, query.segment),
    after,
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
