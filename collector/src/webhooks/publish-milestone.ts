import type { SqlQueryable } from "../db/client.ts";
import { publishMessage } from "./publish-message.ts";
import { findWebhookAccount } from "./queries.ts";

/** The first time that an account reached a milestone. */
export interface ReachedMilestone {
  projectId: string;
  accountId: string;
  milestone: string;
  /** The user who reached it; empty when unknown. */
  userId: string;
  /** ISO 8601. */
  reachedAt: string;
}

/** Publishes `milestone.reached` in the caller's transaction. */
export async function publishMilestone(
  sql: SqlQueryable,
  reached: ReachedMilestone,
): Promise<void> {
  await publishMessage(sql, {
    projectId: reached.projectId,
    type: "milestone.reached",
    accountId: reached.accountId,
    sequence: null,
    data: {
      schemaVersion: 1,
      account: await findWebhookAccount(sql, reached.projectId, reached.accountId),
      milestone: reached.milestone,
      userId: reached.userId === "" ? null : reached.userId,
      reachedAt: reached.reachedAt,
    },
    at: reached.reachedAt,
  });
}
