import type { Json, MessageType } from "@telltale/protocol";

/** A message that passed the checks, on its way into the table `events`. */
export interface NewEvent {
  projectId: string;
  /** UUIDv7: the message's own id where it is one and not too old, else made for its time. */
  eventId: string;
  /** Set for any other id: what finds its first copy. */
  messageHash: string | null;
  messageId: string;
  type: MessageType;
  /** Name of the event; `$page`, `$identify` … for the other types. */
  event: string;
  /** What it is about: a feature, task, milestone or kind of friction; else empty. */
  subject: string;
  accountId: string;
  /** Whether it tells which account its user belongs to: a group or identify message with one of its own. */
  namesAccount: boolean;
  userId: string;
  anonymousId: string;
  sessionId: string;
  engagedMs: number;
  /** ISO 8601. */
  occurredAt: string;
  /** The same, in milliseconds since the epoch. */
  occurredAtMs: number;
  /** ISO 8601. */
  receivedAt: string;
  receivedAtMs: number;
  /** Sent by a crawler or a test browser: kept, but no usage of anybody. */
  isBot: boolean;
  /** Traits, or the properties of an event that has facts; else empty, the text is enough. */
  properties: { [key: string]: Json };
  /** Properties of a track or page message, traits of an identify or group message; made once. */
  propertiesJson: string;
  contextJson: string;
  /** The former id of an alias message. */
  previousId: string;
  /** Whether it came with a proof of identity; null where none was asked for. */
  proof: "signed" | "unsigned" | null;
}

/**
 * What became of one event; the last two found no room: its name or subject would be one too many,
 * or its account.
 */
export type EventVerdict =
  | "stored"
  | "duplicate"
  | "unstorable"
  | "erased"
  | "too-many-names"
  | "too-many-accounts";
