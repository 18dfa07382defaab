import type { WebhookData, WebhookType } from "@telltale/protocol";
import { v7 } from "uuid";
import type { SqlQueryable } from "../db/client.ts";
import { toMessageBody } from "./message-body.ts";
import { insertMessage } from "./queries.ts";

/** Something that happened and that other systems may want to know. */
export interface OutgoingMessage {
  projectId: string;
  type: WebhookType;
  /** Empty when it is about no account. */
  accountId: string;
  /** The account's sequence, where the message carries its state. */
  sequence: number | null;
  data: WebhookData;
  /** When it happened, ISO 8601. */
  at: string;
  /** When it became known, ISO 8601; absent: `at`. Deliveries count from here. */
  publishedAt?: string;
  /** An endpoint that shall not get it, because the message is about its failing. */
  exceptEndpointId?: string;
}

/**
 * Writes a message and its deliveries in the caller's transaction, so that other systems hear of a
 * change exactly when it was committed. The delivery loop sends them afterwards.
 *
 * @returns the id of the message, sent as `webhook-id`
 */
export async function publishMessage(sql: SqlQueryable, message: OutgoingMessage): Promise<string> {
  const id = v7();
  await insertMessage(sql, {
    projectId: message.projectId,
    id,
    type: message.type,
    accountId: message.accountId,
    sequence: message.sequence,
    body: toMessageBody(message.type, message.at, message.data),
    createdAt: message.publishedAt ?? message.at,
    exceptEndpointId: message.exceptEndpointId ?? null,
  });
  return id;
}
