import {
  MAX_ID_LENGTH,
  MAX_NAME_LENGTH,
  type MessageType,
  type RejectionCode,
} from "@telltale/protocol";
import { DIGITS_LOST, losesDigits } from "../lossy-number.ts";

export const MESSAGE_TYPES = [
  "track",
  "identify",
  "group",
  "page",
  "screen",
  "alias",
] as const satisfies readonly MessageType[];

const TYPES: ReadonlySet<unknown> = new Set(MESSAGE_TYPES);

/** In the usage table, visitors without a user are kept under names that begin so. */
export const VISITOR_PREFIX = "anon:";

/** A message whose fields have the right types. Absent ids are empty. */
export interface CheckedMessage {
  type: MessageType;
  messageId: string | undefined;
  timestamp: string | undefined;
  userId: string;
  anonymousId: string;
  groupId: string;
  previousId: string;
  event: string;
  properties: Record<string, unknown>;
  traits: Record<string, unknown>;
  context: Record<string, unknown>;
}

/** What is wrong with a message. */
export class MessageFault extends Error {
  override name = "MessageFault";
  readonly code: RejectionCode;

  constructor(code: RejectionCode, detail: string) {
    super(detail);
    this.code = code;
  }
}

function checkText(raw: unknown, field: string, most: number): string | undefined {
  // RudderStack's browser library sends an empty id where there is none.
  if (raw === undefined || raw === null || raw === "") return undefined;
  // Segment's libraries send numbers for ids now and then.
  const value = typeof raw === "number" ? String(raw) : raw;
  if (typeof value !== "string")
    throw new MessageFault("invalid_field", `/${field} must be a string`);
  if (value.length > most) {
    throw new MessageFault("invalid_field", `/${field} must have at most ${most} characters`);
  }
  return value;
}

function checkId(raw: unknown, field: string): string | undefined {
  if (losesDigits(raw)) throw new MessageFault("invalid_field", `/${field} ${DIGITS_LOST}`);
  return checkText(raw, field, MAX_ID_LENGTH);
}

const NOTHING: Record<string, unknown> = Object.freeze({});

function checkObject(value: unknown, field: string): Record<string, unknown> {
  if (value === undefined || value === null) return NOTHING;
  if (typeof value !== "object" || Array.isArray(value)) {
    throw new MessageFault("invalid_field", `/${field} must be an object`);
  }
  return value as Record<string, unknown>;
}

/**
 * Checks the fields of one message, as any Segment-speaking library sends it; unknown fields are
 * passed over. By hand: this runs for every event, and a schema library takes ten times as long.
 *
 * @throws {MessageFault}
 */
export function checkMessage(raw: unknown): CheckedMessage {
  if (typeof raw !== "object" || raw === null || Array.isArray(raw)) {
    throw new MessageFault("invalid_field", "the message must be an object");
  }
  const message = raw as Record<string, unknown>;
  if (!TYPES.has(message.type)) {
    throw new MessageFault("invalid_type", `/type must be one of ${MESSAGE_TYPES.join(", ")}`);
  }
  const userId = checkId(message.userId, "userId") ?? "";
  if (userId.startsWith(VISITOR_PREFIX)) {
    throw new MessageFault("invalid_field", `/userId must not begin with ${VISITOR_PREFIX}`);
  }
  return {
    type: message.type as MessageType,
    messageId: checkId(message.messageId, "messageId"),
    timestamp:
      checkText(message.timestamp, "timestamp", 64) ??
      checkText(message.originalTimestamp, "originalTimestamp", 64),
    userId,
    anonymousId: checkId(message.anonymousId, "anonymousId") ?? "",
    groupId: checkId(message.groupId, "groupId") ?? "",
    previousId: checkId(message.previousId, "previousId") ?? "",
    event: checkText(message.event, "event", MAX_NAME_LENGTH) ?? "",
    properties: checkObject(message.properties, "properties"),
    traits: checkObject(message.traits, "traits"),
    context: checkObject(message.context, "context"),
  };
}
