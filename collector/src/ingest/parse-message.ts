import {
  type Json,
  MAX_ID_LENGTH,
  MAX_MESSAGE_BYTES,
  MAX_NAME_LENGTH,
  RESERVED_EVENTS,
  type RejectionCode,
} from "@telltale/protocol";
import { toPointer } from "../http.ts";
import { inspectJson } from "./inspect-json.ts";
import { createMessageKey } from "./message-key.ts";
import type { NewEvent } from "./new-event.ts";
import { findOccurredAt } from "./occurred-at.ts";
import { messageSchema, type ParsedMessage } from "./schema.ts";

/** What all messages of a request share. */
export interface BatchCircumstances {
  projectId: string;
  receivedAtMs: number;
  sentAtMs: number | undefined;
  /** Sent with a secret key: any age, trusted clock. */
  isImport: boolean;
  /** Merged under the context of each message. */
  context: Record<string, unknown>;
}

export interface MessageFault {
  code: RejectionCode;
  detail: string;
}

export type ParseResult = { event: NewEvent } | { fault: MessageFault };

/** The property that names what a reserved event is about. */
const SUBJECT_OF: ReadonlyMap<string, string> = new Map([
  [RESERVED_EVENTS.featureUsed, "feature"],
  [RESERVED_EVENTS.taskStarted, "task"],
  [RESERVED_EVENTS.taskCompleted, "task"],
  [RESERVED_EVENTS.taskFailed, "task"],
  [RESERVED_EVENTS.milestoneReached, "milestone"],
  [RESERVED_EVENTS.friction, "kind"],
]);

/** A day and a time; JavaScript would also take "1" for the year 2001. */
const ISO_DATE = /^\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}|$)/;

export function parseInstant(text: string): number | null {
  const ms = ISO_DATE.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(ms) ? null : ms;
}

/** Checks one message and makes it an event, or says what is wrong with it. */
export function parseMessage(raw: unknown, circumstances: BatchCircumstances): ParseResult {
  const fault = inspectJson(raw, [], 0);
  if (fault) return { fault };
  const parsed = messageSchema.safeParse(raw);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const field = toPointer(issue?.path ?? []) || "the message";
    const code = field === "/type" ? "invalid_type" : "invalid_field";
    return { fault: { code, detail: `${field} ${issue?.message ?? "is not valid"}` } };
  }
  return toEvent(parsed.data, circumstances);
}

function toEvent(message: ParsedMessage, circumstances: BatchCircumstances): ParseResult {
  const missing = findMissing(message);
  if (missing) return { fault: { code: "missing_field", detail: missing } };
  const timestamp = message.timestamp ?? message.originalTimestamp;
  const timestampMs = timestamp === undefined ? undefined : parseInstant(timestamp);
  if (timestampMs === null) {
    const detail = `/timestamp must be ISO 8601, for instance 2026-01-31T12:00:00Z; got ${JSON.stringify(timestamp).slice(0, 60)}`;
    return { fault: { code: "invalid_timestamp", detail } };
  }
  const occurred = findOccurredAt({ ...circumstances, timestampMs });
  const context: Record<string, unknown> = { ...circumstances.context, ...message.context };
  if (occurred.isClamped) context["clampedFrom"] = timestamp;
  const isTraits = message.type === "identify" || message.type === "group";
  const properties = ((isTraits ? message.traits : message.properties) ?? {}) as {
    [key: string]: Json;
  };
  const propertiesJson = JSON.stringify(properties);
  const contextJson = JSON.stringify(context);
  const bytes = Buffer.byteLength(propertiesJson) + Buffer.byteLength(contextJson);
  if (bytes > MAX_MESSAGE_BYTES) {
    const detail = `the message has ${bytes} bytes; at most ${MAX_MESSAGE_BYTES}`;
    return { fault: { code: "too_large", detail } };
  }
  return {
    event: {
      ...createMessageKey(message.messageId, occurred.ms),
      projectId: circumstances.projectId,
      type: message.type,
      event: message.type === "track" ? (message.event as string) : `$${message.type}`,
      subject: findSubject(message),
      accountId: message.groupId ?? textOf(context["groupId"]).slice(0, MAX_ID_LENGTH),
      userId: message.userId ?? "",
      anonymousId: message.anonymousId ?? "",
      sessionId: textOf(context["sessionId"]).slice(0, MAX_ID_LENGTH),
      engagedMs: toEngagedMs(properties["engaged_ms"]),
      occurredAt: new Date(occurred.ms).toISOString(),
      receivedAt: new Date(circumstances.receivedAtMs).toISOString(),
      properties,
      propertiesJson,
      contextJson,
      previousId: message.previousId ?? "",
    },
  };
}

function findMissing(message: ParsedMessage): string | null {
  if (message.userId === undefined && message.anonymousId === undefined) {
    return "/userId or /anonymousId is needed";
  }
  if (message.type === "track" && !message.event) return "/event is needed: the name of the event";
  if (message.type === "group" && message.groupId === undefined) {
    return "/groupId is needed: the id of the account";
  }
  if (message.type === "alias" && (!message.previousId || !message.userId)) {
    return "/previousId and /userId are needed";
  }
  const property = SUBJECT_OF.get(message.event ?? "");
  if (property !== undefined) {
    const { length } = findSubject(message);
    if (length === 0 || length > MAX_NAME_LENGTH) {
      return `/properties/${property} is needed: a key of 1 to ${MAX_NAME_LENGTH} characters`;
    }
  }
  return null;
}

function findSubject(message: ParsedMessage): string {
  const property = SUBJECT_OF.get(message.event ?? "");
  return property === undefined ? "" : textOf(message.properties?.[property]);
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : typeof value === "number" ? String(value) : "";
}

/** Whole milliseconds, at most a day; anything else counts as none. */
function toEngagedMs(value: unknown): number {
  if (typeof value !== "number" || !(value > 0)) return 0;
  return Math.min(Math.round(value), 86_400_000);
}
