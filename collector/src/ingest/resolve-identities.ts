import type { SqlQueryable } from "../db/client.ts";
import type { NewEvent } from "./new-event.ts";
import { findAccountsOfUsers, findUsersOfAnonymous, type HeldAccount } from "./queries.ts";
import { toAlias } from "./to-alias.ts";

/**
 * Fills in what a message leaves open: the user that an anonymous visitor turned out to be, and
 * the account that a user belongs to. What an earlier message of the same group says counts, as if
 * each had come alone. Changes the events in place; all are of one project, in the order of arrival.
 */
export async function resolveIdentities(
  sql: SqlQueryable,
  projectId: string,
  events: NewEvent[],
): Promise<void> {
  await resolveUsers(sql, projectId, events);
  await resolveAccounts(sql, projectId, events);
}

async function resolveUsers(sql: SqlQueryable, projectId: string, events: NewEvent[]) {
  const anonymousIds = events.filter((one) => one.userId === "").map((one) => one.anonymousId);
  if (anonymousIds.length === 0) return;
  const userOf = await findUsersOfAnonymous(sql, projectId, [...new Set(anonymousIds)]);
  for (const event of events) {
    if (event.userId === "") event.userId = userOf.get(event.anonymousId) ?? "";
    const alias = toAlias(event);
    if (alias && !userOf.has(alias.anonymousId)) userOf.set(alias.anonymousId, alias.userId);
  }
}

async function resolveAccounts(sql: SqlQueryable, projectId: string, events: NewEvent[]) {
  const openUsers = events
    .filter((one) => one.accountId === "" && one.userId !== "")
    .map((one) => one.userId);
  if (openUsers.length === 0) return;
  const accountOf = await findAccountsOfUsers(sql, projectId, [...new Set(openUsers)]);
  for (const event of events) {
    const { userId, occurredAtMs: sinceMs } = event;
    if (userId === "") continue;
    if (event.namesAccount) {
      const named = { accountId: event.accountId, sinceMs };
      accountOf.set(userId, findLater(accountOf.get(userId), named));
    } else if (event.accountId === "") event.accountId = accountOf.get(userId)?.accountId ?? "";
  }
}

/** Of two that were said of one user, the one that holds: of two of one moment, what came last. */
function findLater(known: HeldAccount | undefined, named: HeldAccount): HeldAccount {
  return known && known.sinceMs > named.sinceMs ? known : named;
}
