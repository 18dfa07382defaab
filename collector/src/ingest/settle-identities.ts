import type { SqlQueryable } from "../db/client.ts";
import type { NewEvent } from "./new-event.ts";
import {
  type Alias,
  findFirstAccounts,
  insertAliases,
  type Membership,
  moveUsage,
  queueRescore,
  setAccountsOfUsers,
} from "./queries.ts";
import { toAlias } from "./to-alias.ts";

/**
 * Writes who is who: the accounts of users, the users of anonymous visitors. What they did before
 * that was known goes to them.
 *
 * @param events - of one project, in the order of arrival
 * @param now - ISO 8601
 */
export async function settleIdentities(
  sql: SqlQueryable,
  { projectId, now }: { projectId: string; now: string },
  events: readonly NewEvent[],
): Promise<void> {
  const memberships = toMemberships(events);
  const joined = await setAccountsOfUsers(sql, projectId, memberships);
  const aliases = toAliases(events);
  const met = await insertAliases(sql, { projectId, now }, aliases);
  const known = aliases.filter(({ anonymousId }) => met.has(anonymousId));
  const firstAccounts = await findFirstAccounts(
    sql,
    projectId,
    known.map(({ userId }) => userId),
  );
  const changed = await moveUsage(sql, projectId, [
    ...memberships
      .filter(({ userId }) => joined.has(userId))
      .map(({ userId, firstAccountId }) => ({
        fromUser: userId,
        toUser: userId,
        unattributedTo: firstAccountId,
      })),
    ...known.map(({ anonymousId, userId }) => ({
      fromUser: `anon:${anonymousId}`,
      toUser: userId,
      unattributedTo: firstAccounts.get(userId) ?? null,
    })),
  ]);
  await queueRescore(sql, projectId, changed, now);
}

function toMemberships(events: readonly NewEvent[]): Membership[] {
  const memberships = new Map<string, Membership & { atMs: number }>();
  for (const { namesAccount, userId, accountId, occurredAt: at, occurredAtMs: atMs } of events) {
    if (!namesAccount || userId === "") continue;
    const known = memberships.get(userId);
    if (!known) memberships.set(userId, { userId, firstAccountId: accountId, accountId, at, atMs });
    else if (atMs >= known.atMs) memberships.set(userId, { ...known, accountId, at, atMs });
  }
  return [...memberships.values()];
}

function toAliases(events: readonly NewEvent[]): Alias[] {
  const aliases = new Map<string, Alias>();
  for (const event of events) {
    const alias = toAlias(event);
    if (alias && !aliases.has(alias.anonymousId)) aliases.set(alias.anonymousId, alias);
  }
  return [...aliases.values()];
}
