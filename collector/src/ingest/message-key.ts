import { createHash } from "node:crypto";
import { v7 } from "uuid";
import { createTimeOrderedId } from "../time-ordered-id.ts";

const UUID_V7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i;

/** The keys under which a message is stored. */
export interface MessageKey {
  messageId: string;
  eventId: string;
  /** Null where the event id alone finds a retry. */
  messageHash: string | null;
}

function toUuid(hex: string): string {
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20, 32)}`;
}

/**
 * The keys of a message. A UUIDv7 is its own key. Any other id gets a time-ordered key, and a
 * 128-bit hash by which its first copy is found again whatever time a retry carries. Without an
 * id nothing can be recognised, so a fresh one is made.
 *
 * @param messageId - as sent; may be absent
 * @param occurredAtMs - milliseconds since the epoch; orders the key
 */
export function createMessageKey(messageId: string | undefined, occurredAtMs: number): MessageKey {
  if (messageId === undefined) {
    const eventId = createTimeOrderedId(Math.max(0, occurredAtMs));
    return { messageId: eventId, eventId, messageHash: null };
  }
  if (UUID_V7.test(messageId)) {
    return { messageId, eventId: messageId.toLowerCase(), messageHash: null };
  }
  const hash = createHash("sha256").update(messageId).digest();
  return {
    messageId,
    eventId: v7({ msecs: Math.max(0, occurredAtMs), random: hash.subarray(16) }),
    messageHash: toUuid(hash.toString("hex", 0, 16)),
  };
}

/** The time that a UUIDv7 begins with, in milliseconds since the epoch. */
export function timeOfKey(eventId: string): number {
  return Number.parseInt(eventId.slice(0, 8) + eventId.slice(9, 13), 16);
}
