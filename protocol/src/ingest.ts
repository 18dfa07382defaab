/** Ingestion: the Segment HTTP tracking format, as Telltale reads it. */

/** Anything that JSON can hold. */
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

export type MessageType = "track" | "identify" | "group" | "page" | "screen" | "alias";

/** Facts about the circumstances of a message. Unknown keys are kept. */
export interface MessageContext {
  /** The account that the event belongs to. */
  groupId?: string;
  /** The browser session, set by our SDK. */
  sessionId?: string;
  /** Position of the event within its session, from 0, grows by 1. */
  sequence?: number;
  /** Proof of identity: a JWT signed by the customer's server. */
  token?: string;
  /** An automated browser did it, as our SDK says of its batches: kept, but no usage of anybody. */
  isAutomated?: boolean;
  page?: { path?: string; title?: string; referrer?: string; url?: string };
  userAgent?: string;
  locale?: string;
  library?: { name: string; version: string };
  [key: string]: unknown;
}

/** One message of a batch. A message names a user, an anonymous visitor, or both. */
export interface Message {
  type: MessageType;
  /** Stored once per project, for good. UUIDv7 is best. The collector makes one when it is absent. */
  messageId?: string;
  /** When it happened, by the clock of the sender, ISO 8601. Absent: when it was received. */
  timestamp?: string;
  userId?: string;
  anonymousId?: string;
  /** The account, in `group` messages. */
  groupId?: string;
  /** The former id, in `alias` messages. */
  previousId?: string;
  /** The name of the event, in `track` messages. */
  event?: string;
  /** The name of the page or screen. */
  name?: string;
  properties?: { [key: string]: Json };
  traits?: { [key: string]: Json };
  context?: MessageContext;
}

/** The body of `POST /v1/batch`. */
export interface BatchRequest {
  batch: Message[];
  /** Absent where the key comes in Basic auth or in `?writeKey=`. */
  writeKey?: string;
  /** When the sender sent this, by its own clock; corrects the timestamps for skew. */
  sentAt?: string;
  /** Merged under the context of each message. */
  context?: MessageContext;
  /** Events the SDK had to drop since the last batch, by reason. */
  dropped?: { [reason in DropReason]?: number };
}

/** Why an SDK gave an event up. */
export type DropReason =
  | "queue_full"
  | "expired"
  | "rejected"
  | "rate_limited"
  | "too_large"
  | "blocked"
  | "before_send";

/** Why the collector did not store a message. */
export type RejectionCode =
  | "invalid_type"
  | "missing_field"
  | "invalid_field"
  | "too_large"
  | "too_deep"
  | "invalid_timestamp"
  | "invalid_text"
  | "identity_unverified"
  | "user_erased"
  | "opted_out"
  | "cardinality";

/** A message that was not stored. It stays readable in the quarantine. */
export interface Rejection {
  /** Its place in the batch, from 0. */
  index: number;
  messageId: string | null;
  code: RejectionCode;
  /** What is wrong and what would be right, naming the field. */
  detail: string;
}

/** The answer to a batch, sent after the commit. */
export interface BatchResponse {
  success: true;
  /** Messages stored now. */
  accepted: number;
  /** Messages that were stored before. */
  duplicates: number;
  rejected: Rejection[];
  /**
   * To Telltale's own SDK alone: what may make a survey due, so that it need not ask. An answer
   * without it says nothing about that.
   */
  wake?: WakeRule[];
}

/**
 * An event that may make a prompt due. The SDK loads the widget bundle when one occurs, and not a
 * byte of it before.
 */
export interface WakeRule {
  /** Event name, or `$page` for page views. */
  event: string;
  /** Only on paths that start so. */
  path?: string;
}

/** Stages of a feature's use by a user, in order. */
export type FeatureStage = "seen" | "tried" | "activated" | "adopted";

/** Event names with a meaning of their own. */
export const RESERVED_EVENTS = {
  featureUsed: "Feature Used",
  taskStarted: "Task Started",
  taskCompleted: "Task Completed",
  taskFailed: "Task Failed",
  milestoneReached: "Milestone Reached",
  surveyShown: "Survey Shown",
  surveyAnswered: "Survey Answered",
  surveyDismissed: "Survey Dismissed",
  surveyPostponed: "Survey Postponed",
  sessionEnded: "Session Ended",
  webVital: "Web Vital",
  friction: "Friction",
} as const;
