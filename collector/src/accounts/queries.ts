import { and, asc, desc, eq, gt, ilike, or, type SQL, sql } from "drizzle-orm";
import type { Db } from "../db/client.ts";
import { accounts } from "../db/schema/accounts.ts";
import { accountHealth, scores } from "../db/schema/scores.ts";
import type { SegmentRule } from "../db/schema/segments.ts";
import { toCondition } from "../segments/condition.ts";
import type { AccountListQuery } from "./schema.ts";

const row = {
  accountId: accounts.accountId,
  name: accounts.name,
  traits: accounts.traits,
  externalIds: accounts.externalIds,
  createdAt: accounts.createdAt,
  lastSeenAt: accounts.lastSeenAt,
  score: accountHealth.score,
  tier: accountHealth.tier,
  sequence: accountHealth.sequence,
};

const joined = (db: Db) =>
  db
    .select(row)
    .from(accounts)
    .leftJoin(
      accountHealth,
      and(
        eq(accountHealth.projectId, accounts.projectId),
        eq(accountHealth.accountId, accounts.accountId),
      ),
    );

export type AccountRow = Awaited<ReturnType<typeof joined>>[number];

export interface AccountFilter extends Pick<AccountListQuery, "tier" | "q"> {
  /** Of a segment; all must hold. */
  rules: SegmentRule[];
}

function toConditions(projectId: string, filter: AccountFilter): (SQL | undefined)[] {
  const { tier, rules, q } = filter;
  const pattern = `%${(q ?? "").replace(/[\\%_]/g, "\\$&")}%`;
  return [
    eq(accounts.projectId, projectId),
    tier ? sql`coalesce(${accountHealth.tier}, 'unknown') = ${tier}` : undefined,
    toCondition(rules),
    q ? or(ilike(accounts.name, pattern), ilike(accounts.accountId, pattern)) : undefined,
  ];
}

/** A page of accounts in the order of their ids. */
export async function findAccounts(
  db: Db,
  projectId: string,
  page: AccountFilter & { after: string; limit: number },
): Promise<AccountRow[]> {
  return joined(db)
    .where(and(...toConditions(projectId, page), gt(accounts.accountId, page.after)))
    .orderBy(asc(accounts.accountId))
    .limit(page.limit);
}

export async function findAccount(
  db: Db,
  projectId: string,
  accountId: string,
): Promise<AccountRow | null> {
  const [found] = await joined(db).where(
    and(eq(accounts.projectId, projectId), eq(accounts.accountId, accountId)),
  );
  return found ?? null;
}

/** The health as it was last written. */
export async function findLatestHealth(
  db: Db,
  projectId: string,
  accountId: string,
): Promise<unknown> {
  const [found] = await db
    .select({ detail: scores.detail })
    .from(scores)
    .where(and(eq(scores.projectId, projectId), eq(scores.accountId, accountId)))
    .orderBy(desc(scores.day))
    .limit(1);
  return found?.detail ?? null;
}

/** Accounts whose trait `parent_id` names this one, in the order of their ids. */
export async function findChildren(
  db: Db,
  projectId: string,
  accountId: string,
): Promise<AccountRow[]> {
  return joined(db)
    .where(
      and(
        eq(accounts.projectId, projectId),
        sql`${accounts.traits} ->> 'parent_id' = ${accountId}`,
      ),
    )
    .orderBy(asc(accounts.accountId));
}
