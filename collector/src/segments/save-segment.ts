import type { Db, Sql } from "../db/client.ts";
import { Problem } from "../problem.ts";
import { queueAllAccounts } from "../scores/rescore-queue.ts";
import {
  countAccountsIn,
  deleteSegment,
  findSegments,
  insertSegmentRules,
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

/** Creates or replaces a segment; past days keep the rules of their time. Peers change with it, so every account is scored again. */
export async function saveSegment(
  deps: SegmentDeps,
  projectId: string,
  segment: SavedSegment,
): Promise<SavedSegment & { accounts: number }> {
  const { db, sql } = deps.database;
  const at = new Date(deps.clock()).toISOString();
  const { key, rules } = segment;
  await sql.begin(async (tx) => {
    await upsertSegment(tx, projectId, { segment, at });
    await insertSegmentRules(tx, projectId, { key, rules, at });
    await queueAllAccounts(tx, projectId, at);
  });
  return { ...segment, accounts: await countAccountsIn(db, projectId, segment.rules) };
}

/** @throws {Problem} not-found */
export async function removeSegment(
  deps: SegmentDeps,
  projectId: string,
  key: string,
): Promise<void> {
  const at = new Date(deps.clock()).toISOString();
  await deps.database.sql.begin(async (tx) => {
    if (!(await deleteSegment(tx, projectId, key))) {
      throw new Problem("not-found", `There is no segment ${key} in this project.`);
    }
    await insertSegmentRules(tx, projectId, { key, rules: null, at });
    await queueAllAccounts(tx, projectId, at);
  });
}
