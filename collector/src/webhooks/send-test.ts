import type { WebhookData, WebhookType } from "@telltale/protocol";
import { v7 } from "uuid";
import type { Sql } from "../db/client.ts";
import { insertDelivery, insertLoneMessage } from "./log-queries.ts";
import { toMessageBody } from "./message-body.ts";
import { sampleData } from "./sample-data.ts";

/**
 * Queues a sample message for one endpoint, whatever types it wants. It says `isTest`, so that no
 * receiver takes it for news.
 *
 * @param at - ISO 8601
 */
export async function sendTest(
  sql: Sql,
  endpoint: { projectId: string; endpointId: string },
  { type, at }: { type: WebhookType; at: string },
): Promise<{ messageId: string; deliveryId: string }> {
  const { projectId, endpointId } = endpoint;
  const messageId = v7();
  const deliveryId = v7();
  const data: WebhookData = { ...sampleData(type, at), isTest: true };
  await sql.begin(async (tx) => {
    const body = toMessageBody(type, at, data);
    await insertLoneMessage(tx, { projectId, id: messageId, type, body, at });
    await insertDelivery(tx, { projectId, id: deliveryId, messageId, endpointId, at });
  });
  return { messageId, deliveryId };
}
