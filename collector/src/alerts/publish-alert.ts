import type { WebhookAccountData, WebhookPlaybook, WebhookType } from "@telltale/protocol";
import type { SqlQueryable } from "../db/client.ts";
import { type ScoreChange, toAccountData } from "../webhooks/account-data.ts";
import { publishMessage } from "../webhooks/publish-message.ts";

/** What a message says of an alert. */
export interface PublishedAlert {
  type: Extract<WebhookType, "alert.opened" | "alert.escalated" | "alert.resolved">;
  alert: NonNullable<WebhookAccountData["alert"]>;
  playbook: WebhookPlaybook | null;
}

/** Publishes an alert with all that is known of its account, in the caller's transaction. */
export async function publishAlert(
  sql: SqlQueryable,
  change: ScoreChange,
  { type, alert, playbook }: PublishedAlert,
): Promise<void> {
  await publishMessage(sql, {
    projectId: change.projectId,
    type,
    accountId: change.account.id,
    sequence: change.current.sequence,
    data: toAccountData(change, { ...(playbook && { playbook }), alert }),
    at: change.at,
  });
}
