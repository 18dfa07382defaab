import { and, asc, eq } from "drizzle-orm";
import type { Db, SqlQueryable } from "../db/client.ts";
import { milestones } from "../db/schema/segments.ts";

export interface Milestone {
  key: string;
  name: string;
  /** Days after an account began; null when it has no date. */
  dueAfterDays: number | null;
}

const COLUMNS = {
  key: milestones.key,
  name: milestones.name,
  dueAfterDays: milestones.dueAfterDays,
};

export async function findMilestones(db: Db, projectId: string): Promise<Milestone[]> {
  return db
    .select(COLUMNS)
    .from(milestones)
    .where(eq(milestones.projectId, projectId))
    .orderBy(asc(milestones.key));
}

export async function upsertMilestone(
  db: Db,
  milestone: Milestone & { projectId: string; createdAt: Date },
): Promise<void> {
  const { name, dueAfterDays } = milestone;
  await db
    .insert(milestones)
    .values(milestone)
    .onConflictDoUpdate({
      target: [milestones.projectId, milestones.key],
      set: { name, dueAfterDays },
    });
}

/** @returns what it was; null where there was none */
export async function deleteMilestone(
  db: Db,
  projectId: string,
  key: string,
): Promise<Milestone | null> {
  const [row] = await db
    .delete(milestones)
    .where(and(eq(milestones.projectId, projectId), eq(milestones.key, key)))
    .returning(COLUMNS);
  return row ?? null;
}

/** A milestone and when an account reached it, if it did. */
export interface MilestoneFact {
  accountId: string;
  milestone: string;
  dueAfterDays: number | null;
  reachedAt: Date | null;
}

/** What is defined, and what was reached without being defined, for some accounts. */
export async function readMilestoneFacts(
  sql: SqlQueryable,
  projectId: string,
  accountIds: string[],
): Promise<MilestoneFact[]> {
  return sql<MilestoneFact[]>`
    SELECT account_id AS "accountId", milestone, due_after_days AS "dueAfterDays",
      reached_at AS "reachedAt"
    FROM (
      SELECT id AS account_id, key AS milestone, due_after_days
      FROM milestones CROSS JOIN unnest(${accountIds}::text[]) AS id
      WHERE project_id = ${projectId}
    ) AS defined
    FULL JOIN (
      SELECT account_id, milestone, reached_at FROM milestones_reached
      WHERE project_id = ${projectId} AND account_id = ANY(${accountIds})
    ) AS reached USING (account_id, milestone)
    ORDER BY account_id, milestone`;
}
