import type { Db, Sql } from "../db/client.ts";
import { Problem } from "../problem.ts";
import { queueAllAccounts } from "../scores/rescore-queue.ts";
import { isInSegment } from "./matches.ts";
import {
  deleteSegment,
  findSegments,
  readAllTraits,
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
  const traits = await readAllTraits(db, projectId);
  return (await findSegments(db, projectId)).map((segment) => ({
    ...segment,
    accounts: traits.filter((one) => isInSegment(segment.rules, one)).length,
  }));
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
  const traits = await readAllTraits(db, projectId);
  return { ...segment, accounts: traits.filter((one) => isInSegment(segment.rules, one)).length };
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
