import { createHash } from "node:crypto";
import { v7 } from "uuid";
import { createTimeOrderedId } from "../time-ordered-id.ts";
import type { NewEvent } from "./new-event.ts";
import { findEarliest } from "./occurred-at.ts";

const UUID_V7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i;

/** The keys under which a message is stored. */
export interface MessageKey {
  messageId: string;
  eventId: string;
  /** Null where the event id alone finds a retry. */
  messageHash: string | null;
}

/** When a message happened, and how old a UUIDv7 may be to be its key; milliseconds since the epoch. */
interface KeyTimes {
  /** Orders the keys that are made. */
  occurredAtMs: number;
  oldestKeyMs: number;
}

function toUuid(hex: string): string {
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20, 32)}`;
}

/**
 * The keys of a message. A UUIDv7 is its own key. Any other id gets a time-ordered key, and a
 * 128-bit hash by which its first copy is found again whatever time a retry carries. So does a UUIDv7
 * that is too old, as of a clock that is years behind; it is its own hash. Without an id nothing can
 * be recognised, so a fresh one is made.
 *
 * @param messageId - as sent; may be absent
 */
export function createMessageKey(messageId: string | undefined, times: KeyTimes): MessageKey {
  const occurredAtMs = Math.max(0, times.occurredAtMs);
  if (messageId === undefined) {
    const eventId = createTimeOrderedId(occurredAtMs);
    return { messageId: eventId, eventId, messageHash: null };
  }
  if (UUID_V7.test(messageId)) {
    const own = messageId.toLowerCase();
    if (timeOfKey(own) >= times.oldestKeyMs) return { messageId, eventId: own, messageHash: null };
    return { messageId, eventId: createTimeOrderedId(occurredAtMs), messageHash: own };
  }
  const hash = createHash("sha256").update(messageId).digest();
  return {
    messageId,
    eventId: v7({ msecs: occurredAtMs, random: hash.subarray(16) }),
    messageHash: toUuid(hash.toString("hex", 0, 16)),
  };
}

/**
 * Whether a message has a UUIDv7 that is too old to be its key. It was none when it was younger: then a
 * first copy lies under the id itself.
 */
export const isPastItsKey = ({ messageId, messageHash }: MessageKey): boolean =>
  messageHash !== null && messageHash === messageId.toLowerCase();

/** Whether an event's key is one that only an import makes: from a browser, the id would be too old for it. */
export const hasOldKey = (
  event: Pick<NewEvent, "messageHash" | "eventId" | "receivedAtMs">,
): boolean =>
  event.messageHash === null &&
  timeOfKey(event.eventId) < findEarliest({ receivedAtMs: event.receivedAtMs, isImport: false });

/** The time that a UUIDv7 begins with, in milliseconds since the epoch. */
export function timeOfKey(eventId: string): number {
  return Number.parseInt(eventId.slice(0, 8) + eventId.slice(9, 13), 16);
}
