import type { SqlQueryable } from "../db/client.ts";
import type { NewEvent } from "./new-event.ts";
import { findAccountsOfUsers, findUsersOfAnonymous } from "./queries.ts";

/**
 * Fills in what a message leaves open: the user that an anonymous visitor turned out to be, and
 * the account that a user belongs to. What an earlier message of the same group says counts.
 * Changes the events in place; all are of one project.
 */
export async function resolveIdentities(
  sql: SqlQueryable,
  projectId: string,
  events: NewEvent[],
): Promise<void> {
  const anonymousIds = events.filter((one) => one.userId === "").map((one) => one.anonymousId);
  const userOf =
    anonymousIds.length > 0
      ? await findUsersOfAnonymous(sql, projectId, [...new Set(anonymousIds)])
      : new Map<string, string>();
  for (const event of events) {
    if (event.type === "identify" && event.userId !== "" && event.anonymousId !== "") {
      if (!userOf.has(event.anonymousId)) userOf.set(event.anonymousId, event.userId);
    }
    if (event.userId === "") event.userId = userOf.get(event.anonymousId) ?? "";
  }
  const openUsers = events
    .filter((one) => one.accountId === "" && one.userId !== "")
    .map((one) => one.userId);
  const accountOf =
    openUsers.length > 0
      ? await findAccountsOfUsers(sql, projectId, [...new Set(openUsers)])
      : new Map<string, string>();
  for (const event of events) {
    if (event.userId === "") continue;
    const namesAccount = event.type === "group" || event.type === "identify";
    if (namesAccount && event.accountId !== "") accountOf.set(event.userId, event.accountId);
    if (event.accountId === "") event.accountId = accountOf.get(event.userId) ?? "";
  }
}
