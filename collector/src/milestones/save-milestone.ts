import type { Db, Sql } from "../db/client.ts";
import { Problem } from "../problem.ts";
import { queueAllAccounts } from "../scores/rescore-queue.ts";
import { deleteMilestone, findMilestones, type Milestone, upsertMilestone } from "./queries.ts";

interface MilestoneDeps {
  database: { db: Db; sql: Sql };
  clock: () => number;
}

export const listMilestones = (db: Db, projectId: string): Promise<Milestone[]> =>
  findMilestones(db, projectId);

/**
 * Creates or replaces a milestone; every account is scored again with it.
 *
 * @returns what it was before; undefined: it is new
 */
export async function saveMilestone(
  deps: MilestoneDeps,
  projectId: string,
  milestone: Milestone,
): Promise<Milestone | undefined> {
  const now = new Date(deps.clock());
  const known = await findMilestones(deps.database.db, projectId);
  await upsertMilestone(deps.database.db, { ...milestone, projectId, createdAt: now });
  await queueAllAccounts(deps.database.sql, projectId, now.toISOString());
  return known.find(({ key }) => key === milestone.key);
}

/**
 * @returns what it was
 * @throws {Problem} not-found
 */
export async function removeMilestone(
  deps: MilestoneDeps,
  projectId: string,
  key: string,
): Promise<Milestone> {
  const milestone = await deleteMilestone(deps.database.db, projectId, key);
  if (!milestone) throw new Problem("not-found", `There is no milestone ${key} in this project.`);
  await queueAllAccounts(deps.database.sql, projectId, new Date(deps.clock()).toISOString());
  return milestone;
}
