import {
  type Json,
  MAX_ID_LENGTH,
  MAX_MESSAGE_BYTES,
  MAX_NAME_LENGTH,
  RESERVED_EVENTS,
  type RejectionCode,
} from "@telltale/protocol";
import { createIsoFormatter } from "../iso-formatter.ts";
import { findAccountId, textOf } from "./account-id.ts";
import type { BatchProofs, IdentityVerdict } from "./batch-proofs.ts";
import { type CheckedMessage, checkMessage, MessageFault } from "./check-message.ts";
import { requireExactIds } from "./exact-ids.ts";
import { hasFacts } from "./has-facts.ts";
import { inspectJson, type Suspicion } from "./inspect-json.ts";
import { createMessageKey, timeOfKey } from "./message-key.ts";
import type { NewEvent } from "./new-event.ts";
import { findEarliest, findOccurredAt } from "./occurred-at.ts";
import { parseCanonical, parseInstant } from "./parse-instant.ts";

/** What all messages of a request share. */
export interface BatchCircumstances {
  projectId: string;
  receivedAtMs: number;
  /** When it is judged, where that is later: a message of the quarantine. */
  judgedAtMs?: number;
  sentAtMs: number | undefined;
  /** Sent with a secret key: any age, trusted clock. */
  isImport: boolean;
  /** Merged under the context of each message. */
  context: Record<string, unknown>;
  /** Older events are not kept, and not taken; milliseconds since the epoch, absent: any age. */
  oldestMs?: number;
  /** The request came from a crawler or a test browser. */
  isBot?: boolean;
  /** What the messages may hold, by the text they were parsed from; absent: anything. */
  suspicion?: Suspicion;
  /** The proofs of identity that came along; absent: none are asked for. */
  proofs?: BatchProofs;
}

export type ParseResult = { event: NewEvent } | { fault: { code: RejectionCode; detail: string } };

const NONE: { [key: string]: Json } = Object.freeze({});

/** All messages of a request arrived at one moment. */
const toReceivedAt = createIsoFormatter();

/** The property that names what a reserved event is about. */
const SUBJECT_OF: ReadonlyMap<string, string> = new Map([
  [RESERVED_EVENTS.featureUsed, "feature"],
  [RESERVED_EVENTS.taskStarted, "task"],
  [RESERVED_EVENTS.taskCompleted, "task"],
  [RESERVED_EVENTS.taskFailed, "task"],
  [RESERVED_EVENTS.milestoneReached, "milestone"],
  [RESERVED_EVENTS.friction, "kind"],
]);

/** Checks one message and makes it an event, or says what is wrong with it. */
export function parseMessage(raw: unknown, circumstances: BatchCircumstances): ParseResult {
  const fault = inspectJson(raw, 0, circumstances.suspicion);
  if (fault) return { fault };
  try {
    return { event: toEvent(checkMessage(raw), circumstances) };
  } catch (error) {
    if (!(error instanceof MessageFault)) throw error;
    return { fault: { code: error.code, detail: error.message } };
  }
}

function toEvent(message: CheckedMessage, circumstances: BatchCircumstances): NewEvent {
  const { type } = message;
  const subject = findSubject(message);
  requireFields(message);
  const { timestamp } = message;
  const canonicalMs = timestamp === undefined ? Number.NaN : parseCanonical(timestamp);
  const timestampMs = canonicalMs >= 0 ? canonicalMs : readTimestamp(timestamp);
  const occurred = findOccurredAt(timestampMs, circumstances);
  const merged = mergeContext(message, circumstances);
  requireExactIds(message, merged, findSubjectProperty(message));
  const identity = circumstances.proofs?.identify(message, merged) ?? null;
  const context = toContext(merged, identity, occurred.isClamped ? timestamp : undefined);
  const accountId = findAccountId(message.groupId, context);
  const isTraits = type === "identify" || type === "group";
  const properties = (isTraits ? message.traits : message.properties) as { [key: string]: Json };
  const propertiesJson = JSON.stringify(properties);
  const contextJson = JSON.stringify(context);
  requireSize(propertiesJson, contextJson);
  const key = createMessageKey(message.messageId, {
    occurredAtMs: occurred.ms,
    oldestKeyMs: findOldestKey(circumstances),
  });
  requireKept(Math.min(occurred.ms, timeOfKey(key.eventId)), circumstances.oldestMs ?? 0);
  return {
    messageId: key.messageId,
    eventId: key.eventId,
    messageHash: key.messageHash,
    projectId: circumstances.projectId,
    type,
    event: type === "track" ? message.event : `$${type}`,
    subject,
    accountId,
    namesAccount: isTraits && accountId !== "",
    userId: message.userId,
    anonymousId: message.anonymousId,
    sessionId: textOf(context.sessionId).slice(0, MAX_ID_LENGTH),
    engagedMs: toEngagedMs(properties.engaged_ms),
    // The sender's own text where that says it in the same form: most do.
    occurredAt:
      canonicalMs === occurred.ms ? (timestamp as string) : new Date(occurred.ms).toISOString(),
    occurredAtMs: occurred.ms,
    receivedAt: toReceivedAt(circumstances.receivedAtMs),
    receivedAtMs: circumstances.receivedAtMs,
    isBot: circumstances.isBot || context.isAutomated === true || identity === "uncounted",
    // Most events need their properties as text only; the tree would live until the commit.
    properties: hasFacts({ type, event: message.event }) ? properties : NONE,
    propertiesJson,
    contextJson,
    previousId: message.previousId,
    proof: identity === null ? null : identity === "trusted" ? "signed" : "unsigned",
  };
}

/**
 * What a browser sends happened lately, whatever its id says. By our clock alone, so that an id which was
 * too old once stays so, and what was stored under a younger one can be looked for.
 */
function findOldestKey({ receivedAtMs, judgedAtMs, isImport }: BatchCircumstances): number {
  return findEarliest({ receivedAtMs: judgedAtMs ?? receivedAtMs, isImport });
}

/** The batch's context under the message's own. Most messages need no copy. */
function mergeContext(
  { context }: CheckedMessage,
  circumstances: BatchCircumstances,
): Record<string, unknown> {
  return isEmpty(circumstances.context) ? context : { ...circumstances.context, ...context };
}

/**
 * What goes with an event: its context without the proof of identity, which has served and must not
 * be readable in the store.
 *
 * @param clampedFrom - the time that the sender gave, where it was corrected
 */
function toContext(
  merged: Record<string, unknown>,
  identity: IdentityVerdict | null,
  clampedFrom: string | undefined,
): Record<string, unknown> {
  if (identity === "refused") {
    throw new MessageFault(
      "identity_unverified",
      "/context/token must prove who this is: a JWT signed by your server with the identity secret",
    );
  }
  let context = withoutToken(merged);
  if (identity !== null && identity !== "trusted") context = { ...context, identity };
  if (clampedFrom !== undefined) context = { ...context, clampedFrom };
  return context;
}

/** The context as it is kept. Most have no proof in them and need no copy. */
export function withoutToken(context: Record<string, unknown>): Record<string, unknown> {
  if (!("token" in context)) return context;
  const { token: _, ...kept } = context;
  return kept;
}

function isEmpty(object: Record<string, unknown>): boolean {
  for (const _ in object) return false;
  return true;
}

function requireKept(ms: number, oldestMs: number): void {
  if (ms >= oldestMs) return;
  throw new MessageFault(
    "invalid_timestamp",
    `/timestamp or the time in /messageId is older than this project keeps events: ${new Date(ms).toISOString()}`,
  );
}

function readTimestamp(timestamp: string | undefined): number | undefined {
  if (timestamp === undefined) return undefined;
  const ms = parseInstant(timestamp);
  if (ms !== null) return ms;
  throw new MessageFault(
    "invalid_timestamp",
    `/timestamp must be ISO 8601 from 1970 on, for instance 2026-01-31T12:00:00Z; got ${JSON.stringify(timestamp)}`,
  );
}

function requireSize(propertiesJson: string, contextJson: string): void {
  // A character has at most three bytes, so most messages need no counting.
  if ((propertiesJson.length + contextJson.length) * 3 <= MAX_MESSAGE_BYTES) return;
  const bytes = Buffer.byteLength(propertiesJson) + Buffer.byteLength(contextJson);
  if (bytes <= MAX_MESSAGE_BYTES) return;
  throw new MessageFault(
    "too_large",
    `the message has ${bytes} bytes; at most ${MAX_MESSAGE_BYTES}`,
  );
}

function requireFields(message: CheckedMessage): void {
  const missing = findMissing(message);
  if (missing !== null) throw new MessageFault("missing_field", missing);
}

function findMissing(message: CheckedMessage): string | null {
  const { type, event } = message;
  if (message.userId === "" && message.anonymousId === "")
    return "/userId or /anonymousId is needed";
  if (type === "track" && event === "") return "/event is needed: the name of the event";
  if (type === "group" && message.groupId === "")
    return "/groupId is needed: the id of the account";
  if (type === "alias" && (message.previousId === "" || message.userId === "")) {
    return "/previousId and /userId are needed";
  }
  const property = SUBJECT_OF.get(event);
  if (property === undefined || type !== "track") return null;
  const { length } = findSubject(message);
  if (length > 0 && length <= MAX_NAME_LENGTH) return null;
  return `/properties/${property} is needed: a key of 1 to ${MAX_NAME_LENGTH} characters`;
}

function findSubjectProperty({ type, event }: CheckedMessage): string | undefined {
  return type === "track" ? SUBJECT_OF.get(event) : undefined;
}

function findSubject(message: CheckedMessage): string {
  const property = findSubjectProperty(message);
  return property === undefined ? "" : textOf(message.properties[property]);
}

/** Whole milliseconds, at most a day; anything else counts as none. */
function toEngagedMs(value: unknown): number {
  if (typeof value !== "number" || !(value > 0)) return 0;
  return Math.min(Math.round(value), 86_400_000);
}
