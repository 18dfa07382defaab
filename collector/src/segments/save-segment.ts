import type { Db, Sql } from "../db/client.ts";
import { Problem } from "../problem.ts";
import { queueAllAccounts } from "../scores/rescore-queue.ts";
import {
  countAccountsIn,
  deleteSegment,
  findSegment,
  findSegments,
  insertSegmentRules,
  type SavedSegment,
  upsertSegment,
} from "./queries.ts";

interface SegmentDeps {
  database: { db: Db; sql: Sql };
  clock: () => number;
}

type CountedSegment = SavedSegment & { accounts: number };

/** Every segment of a project with the number of accounts in it. */
export async function listSegments(db: Db, projectId: string): Promise<CountedSegment[]> {
  const counted = [];
  for (const segment of await findSegments(db, projectId)) {
    counted.push({ ...segment, accounts: await countAccountsIn(db, projectId, segment.rules) });
  }
  return counted;
}

/**
 * Creates or replaces a segment; past days keep the rules of their time. Peers change with it, so
 * every account is scored again.
 *
 * @returns the segment, and what it was before; undefined: it is new
 */
export async function saveSegment(
  deps: SegmentDeps,
  projectId: string,
  segment: SavedSegment,
): Promise<{ before: CountedSegment | undefined; after: CountedSegment }> {
  const { db, sql } = deps.database;
  const at = new Date(deps.clock()).toISOString();
  const { key, rules } = segment;
  const count = async (one: SavedSegment): Promise<CountedSegment> => ({
    ...one,
    accounts: await countAccountsIn(db, projectId, one.rules),
  });
  const known = await findSegment(db, projectId, key);
  const before = known ? await count(known) : undefined;
  await sql.begin(async (tx) => {
    await upsertSegment(tx, projectId, { segment, at });
    await insertSegmentRules(tx, projectId, { key, rules, at });
    await queueAllAccounts(tx, projectId, at);
  });
  return { before, after: await count(segment) };
}

/**
 * @returns what it was
 * @throws {Problem} not-found
 */
export async function removeSegment(
  deps: SegmentDeps,
  projectId: string,
  key: string,
): Promise<SavedSegment> {
  const at = new Date(deps.clock()).toISOString();
  return deps.database.sql.begin(async (tx) => {
    const segment = await deleteSegment(tx, projectId, key);
    if (!segment) throw new Problem("not-found", `There is no segment ${key} in this project.`);
    await insertSegmentRules(tx, projectId, { key, rules: null, at });
    await queueAllAccounts(tx, projectId, at);
    return segment;
  });
}
