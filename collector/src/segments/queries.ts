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

/** The same on the bare driver. */
export async function readSegments(sql: SqlQueryable, projectId: string): Promise<SavedSegment[]> {
  return sql<SavedSegment[]>`
    SELECT key, name, rules FROM segments WHERE project_id = ${projectId} ORDER BY key`;
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

/** The rules that a segment had for a while. */
export interface SegmentPeriod {
  key: string;
  rules: SegmentRule[];
  from: Date;
  /** Exclusive; null while it lasts. */
  until: Date | null;
}

/** Every rule that the segments of a project had, in the order of keys. */
export async function readSegmentPeriods(
  sql: SqlQueryable,
  projectId: string,
): Promise<SegmentPeriod[]> {
  return sql<SegmentPeriod[]>`
    SELECT key, rules, "from", until FROM (
      SELECT key, rules, valid_from AS "from",
        lead(valid_from) OVER (PARTITION BY key ORDER BY valid_from) AS until
      FROM segment_rules WHERE project_id = ${projectId}
    ) AS period WHERE rules IS NOT NULL ORDER BY key, "from"`;
}

export async function upsertSegment(
  sql: SqlQueryable,
  projectId: string,
  { segment, at }: { segment: SavedSegment; at: string },
): Promise<void> {
  const rules = JSON.stringify(segment.rules);
  await sql`
    INSERT INTO segments (project_id, key, name, rules, created_at)
    VALUES (${projectId}, ${segment.key}, ${segment.name}, ${rules}::text::jsonb,
      ${at}::timestamptz)
    ON CONFLICT (project_id, key) DO UPDATE SET name = excluded.name, rules = excluded.rules`;
}

/** @returns what it was; null where there was none */
export async function deleteSegment(
  sql: SqlQueryable,
  projectId: string,
  key: string,
): Promise<SavedSegment | null> {
  const [row] = await sql<SavedSegment[]>`
    DELETE FROM segments WHERE project_id = ${projectId} AND key = ${key}
    RETURNING key, name, rules`;
  return row ?? null;
}

/** Notes the rules that a segment has from now on, unless it has them already; null for none. */
export async function insertSegmentRules(
  sql: SqlQueryable,
  projectId: string,
  change: { key: string; rules: SegmentRule[] | null; at: string },
): Promise<void> {
  const { key, at } = change;
  const rules = change.rules && JSON.stringify(change.rules);
  await sql`
    INSERT INTO segment_rules (project_id, key, valid_from, rules)
    SELECT ${projectId}::uuid, ${key}, ${at}::timestamptz, ${rules}::text::jsonb
    WHERE ${rules}::text::jsonb IS DISTINCT FROM (
      SELECT rules FROM segment_rules WHERE project_id = ${projectId} AND key = ${key}
      ORDER BY valid_from DESC LIMIT 1
    )
    ON CONFLICT (project_id, key, valid_from) DO UPDATE SET rules = excluded.rules`;
}
