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

/** Creates or replaces a milestone; every account is scored again with it. */
export async function saveMilestone(
  deps: MilestoneDeps,
  projectId: string,
  milestone: Milestone,
): Promise<Milestone> {
  const now = new Date(deps.clock());
  await upsertMilestone(deps.database.db, { ...milestone, projectId, createdAt: now });
  await queueAllAccounts(deps.database.sql, projectId, now.toISOString());
  return milestone;
}

/** @throws {Problem} not-found */
export async function removeMilestone(
  deps: MilestoneDeps,
  projectId: string,
  key: string,
): Promise<void> {
  if (!(await deleteMilestone(deps.database.db, projectId, key))) {
    throw new Problem("not-found", `There is no milestone ${key} in this project.`);
  }
  await queueAllAccounts(deps.database.sql, projectId, new Date(deps.clock()).toISOString());
}
