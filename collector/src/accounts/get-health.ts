import type { AccountHealth } from "@telltale/protocol";
import type { Database } from "../db/client.ts";
import { findProject } from "../projects/find-project.ts";
import { rescoreAccounts } from "../scores/rescore-accounts.ts";
import { getAccount } from "./list-accounts.ts";
import { findLatestHealth } from "./queries.ts";

interface GetHealthDeps {
  database: Database;
  clock: () => number;
  publicUrl: string;
}

/**
 * An account's health as it was last written; one that was never scored is scored now.
 *
 * @throws {Problem} not-found
 */
export async function getHealth(
  deps: GetHealthDeps,
  projectId: string,
  accountId: string,
): Promise<AccountHealth> {
  const { db, sql } = deps.database;
  await getAccount(db, projectId, accountId);
  const stored = await findLatestHealth(db, projectId, accountId);
  if (stored) return stored as AccountHealth;
  const project = await findProject(sql, projectId);
  if (!project) throw new Error(`project ${projectId} has an account but does not exist`);
  const { publicUrl } = deps;
  const now = deps.clock();
  const [health] = await rescoreAccounts({ sql, publicUrl }, project, [accountId], { now });
  if (!health) throw new Error(`account ${accountId} vanished while it was scored`);
  return health;
}
