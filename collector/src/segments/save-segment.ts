import type { Db, Sql } from "../db/client.ts";
import { Problem } from "../problem.ts";
import { queueAllAccounts } from "../scores/rescore-queue.ts";
import {
  countAccountsIn,
  deleteSegment,
  findSegments,
  type SavedSegment,
  upsertSegment,
} from "./queries.ts";

interface SegmentDeps {
  database: { db: Db; sql: Sql };
  clock: () => number;
}

/** Every segment of a project with the number of accounts in it. */
export async function listSegments(
  db: Db,
  projectId: string,
): Promise<(SavedSegment & { accounts: number })[]> {
  const counted = [];
  for (const segment of await findSegments(db, projectId)) {
    counted.push({ ...segment, accounts: await countAccountsIn(db, projectId, segment.rules) });
  }
  return counted;
}

/** Creates or replaces a segment; peers change with it, so every account is scored again. */
export async function saveSegment(
  deps: SegmentDeps,
  projectId: string,
  segment: SavedSegment,
): Promise<SavedSegment & { accounts: number }> {
  const { db, sql } = deps.database;
  const now = new Date(deps.clock());
  await upsertSegment(db, { ...segment, projectId, createdAt: now });
  await queueAllAccounts(sql, projectId, now.toISOString());
  return { ...segment, accounts: await countAccountsIn(db, projectId, segment.rules) };
}

/** @throws {Problem} not-found */
export async function removeSegment(
  deps: SegmentDeps,
  projectId: string,
  key: string,
): Promise<void> {
  const { db, sql } = deps.database;
  if (!(await deleteSegment(db, projectId, key))) {
    throw new Problem("not-found", `There is no segment ${key} in this project.`);
  }
  await queueAllAccounts(sql, projectId, new Date(deps.clock()).toISOString());
}
