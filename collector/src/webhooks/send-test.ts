import type { WebhookData, WebhookType } from "@telltale/protocol";
import { v7 } from "uuid";
import type { Sql } from "../db/client.ts";
import { insertDelivery, insertLoneMessage } from "./log-queries.ts";
import { toMessageBody } from "./message-body.ts";
import { sampleData } from "./sample-data.ts";

/** The exact text of a sample message, which says `isTest`. @param at - ISO 8601 */
export function readSample(type: WebhookType, at: string): string {
  const data: WebhookData = { ...sampleData(type, at), isTest: true };
  return toMessageBody(type, at, data);
}

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
  const body = readSample(type, at);
  await sql.begin(async (tx) => {
    await insertLoneMessage(tx, { projectId, id: messageId, type, body, at });
    await insertDelivery(tx, { projectId, id: deliveryId, messageId, endpointId, at });
  });
  return { messageId, deliveryId };
}
