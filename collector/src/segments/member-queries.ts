import { and, eq } from "drizzle-orm";
import type { Db } from "../db/client.ts";
import { accounts } from "../db/schema/accounts.ts";
import type { SegmentRule } from "../db/schema/segments.ts";
import { toCondition } from "./condition.ts";

export async function findAccountIdsIn(
  db: Db,
  projectId: string,
  rules: SegmentRule[],
): Promise<string[]> {
  const rows = await db
    .select({ accountId: accounts.accountId })
    .from(accounts)
    .where(and(eq(accounts.projectId, projectId), toCondition(rules)));
  return rows.map(({ accountId }) => accountId);
}
