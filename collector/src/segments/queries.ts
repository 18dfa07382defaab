import { and, asc, eq } from "drizzle-orm";
import type { Db, SqlQueryable } from "../db/client.ts";
import { accounts } from "../db/schema/accounts.ts";
import { type SegmentRule, segments } from "../db/schema/segments.ts";
import { toCondition } from "./condition.ts";

export interface SavedSegment {
  key: string;
  name: string;
  rules: SegmentRule[];
}

export async function findSegments(db: Db, projectId: string): Promise<SavedSegment[]> {
  return db
    .select({ key: segments.key, name: segments.name, rules: segments.rules })
    .from(segments)
    .where(eq(segments.projectId, projectId))
    .orderBy(asc(segments.key));
}

/** The same on the bare driver, for scoring. */
export async function readSegments(
  sql: SqlQueryable,
  projectId: string,
): Promise<(SavedSegment & { createdAt: Date })[]> {
  return sql<(SavedSegment & { createdAt: Date })[]>`
    SELECT key, name, rules, created_at AS "createdAt" FROM segments
    WHERE project_id = ${projectId} ORDER BY key`;
}

export async function findSegment(
  db: Db,
  projectId: string,
  key: string,
): Promise<SavedSegment | null> {
  const [found] = await db
    .select({ key: segments.key, name: segments.name, rules: segments.rules })
    .from(segments)
    .where(and(eq(segments.projectId, projectId), eq(segments.key, key)));
  return found ?? null;
}

export async function countAccountsIn(
  db: Db,
  projectId: string,
  rules: SegmentRule[],
): Promise<number> {
  return db.$count(accounts, and(eq(accounts.projectId, projectId), toCondition(rules)));
}

export async function upsertSegment(
  db: Db,
  segment: SavedSegment & { projectId: string; createdAt: Date },
): Promise<void> {
  const { name, rules } = segment;
  await db
    .insert(segments)
    .values(segment)
    .onConflictDoUpdate({ target: [segments.projectId, segments.key], set: { name, rules } });
}

export async function deleteSegment(db: Db, projectId: string, key: string): Promise<boolean> {
  const rows = await db
    .delete(segments)
    .where(and(eq(segments.projectId, projectId), eq(segments.key, key)))
    .returning({ key: segments.key });
  return rows.length > 0;
}
