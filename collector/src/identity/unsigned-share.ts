import type { SqlQueryable } from "../db/client.ts";
import { findProject } from "../projects/find-project.ts";
import { readSettings } from "../projects/settings.ts";
import { forgottenDay } from "./proof-days.ts";
import { sumProofCounts } from "./queries.ts";

/**
 * Which part of an account's stored messages of the last 28 days came without a proof of identity.
 * The newest messages count a second later.
 *
 * @param now - milliseconds since the epoch
 * @returns 0–1; null where the project asks for no proof, or none was asked for in these days
 */
export async function findUnsignedShare(
  sql: SqlQueryable,
  { projectId, accountId, now }: { projectId: string; accountId: string; now: number },
): Promise<number | null> {
  const project = await findProject(sql, projectId);
  if (!project || readSettings(project.settings).identity === "off") return null;
  const since = forgottenDay(now);
  const [count] = await sumProofCounts(sql, projectId, { accountIds: [accountId], since });
  return count ? count.unsigned / (count.signed + count.unsigned) : null;
}
