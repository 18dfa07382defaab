import type { SqlQueryable } from "../db/client.ts";
import { publishMessage } from "./publish-message.ts";
import { findAccountState } from "./queries.ts";

/** The first time that an account reached a milestone. */
export interface ReachedMilestone {
  projectId: string;
  accountId: string;
  milestone: string;
  /** The user who reached it; empty when unknown. */
  userId: string;
  /** ISO 8601. */
  reachedAt: string;
  /** When we heard of it, ISO 8601. */
  receivedAt: string;
}

/** An imported past is no news, in milliseconds. */
const OLD_NEWS_MS = 7 * 86_400_000;

/** Publishes `milestone.reached` in the caller's transaction, unless it was long ago. */
export async function publishMilestone(
  sql: SqlQueryable,
  reached: ReachedMilestone,
): Promise<void> {
  const ageMs = Date.parse(reached.receivedAt) - Date.parse(reached.reachedAt);
  if (ageMs > OLD_NEWS_MS) return;
  await publishMessage(sql, {
    projectId: reached.projectId,
    type: "milestone.reached",
    accountId: reached.accountId,
    sequence: null,
    data: {
      schemaVersion: 1,
      ...(await findAccountState(sql, reached.projectId, reached.accountId)),
      milestone: reached.milestone,
      userId: reached.userId === "" ? null : reached.userId,
      reachedAt: reached.reachedAt,
    },
    at: reached.reachedAt,
    publishedAt: reached.receivedAt,
  });
}
