import type { WebhookData, WebhookType } from "@telltale/protocol";
import { v7 } from "uuid";
import type { SqlQueryable } from "../db/client.ts";
import { segmentsOf } from "../scores/standing.ts";
import { isInSegment } from "../segments/matches.ts";
import { readSegments } from "../segments/queries.ts";
import { toMessageBody } from "./message-body.ts";
import { findTraits, insertDeliveries, insertMessage } from "./queries.ts";

/** Something that happened and that other systems may want to know. */
export interface OutgoingMessage {
  projectId: string;
  type: WebhookType;
  /** Empty when it is about no account. */
  accountId: string;
  /** The account's sequence, where the message is of its state: a newer one may replace it. */
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
  const { projectId, accountId } = message;
  const id = v7();
  const createdAt = message.publishedAt ?? message.at;
  const undecided = await insertMessage(sql, {
    projectId,
    id,
    type: message.type,
    accountId,
    sequence: message.sequence,
    body: toMessageBody(message.type, message.at, message.data),
    createdAt,
    exceptEndpointId: message.exceptEndpointId ?? null,
    tiers: tiersOf(message.data),
  });
  if (undecided.length > 0 && accountId !== "") {
    const segments = await findSegmentsOf(sql, projectId, accountId);
    const wanting = undecided.filter((endpoint) =>
      endpoint.segments.some((segment) => segments.has(segment)),
    );
    const endpointIds = wanting.map((endpoint) => endpoint.id);
    await insertDeliveries(sql, { projectId, id, createdAt }, endpointIds);
  }
  return id;
}

/** Of a move: what happens within a tier is for whoever wants its type. */
function tiersOf(data: WebhookData): string[] {
  if (!("previousTier" in data)) return [];
  return [data.tier, data.previousTier].filter((tier) => typeof tier === "string");
}

async function findSegmentsOf(
  sql: SqlQueryable,
  projectId: string,
  accountId: string,
): Promise<Set<string>> {
  const traits = await findTraits(sql, projectId, accountId);
  const saved = await readSegments(sql, projectId);
  return new Set([
    ...segmentsOf(traits),
    ...saved.filter(({ rules }) => isInSegment(rules, traits)).map(({ key }) => key),
  ]);
}
