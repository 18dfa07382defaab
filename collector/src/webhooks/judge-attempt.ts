import { nextWaitMs } from "./retry-schedule.ts";
import type { Answer } from "./sender.ts";

/** An endpoint that only failed for this long is disabled, in milliseconds. */
export const DISABLE_AFTER_MS = 5 * 24 * 60 * 60_000;

export type FailureReason =
  | "exhausted"
  | "blocked_address"
  | "gone"
  | "endpoint_disabled"
  | "nothing_to_send"
  | "no_external_id"
  | "unreadable_secret";

/** What an attempt means for its delivery and its endpoint. */
export type Verdict =
  | { status: "succeeded" }
  | { status: "pending"; nextAttemptAt: number; disable: null }
  | { status: "failed"; reason: FailureReason; disable: string | null };

/** What is known when an attempt ended. Times are milliseconds since the epoch. */
export interface AttemptFacts {
  answer: Answer;
  /** From 1. */
  attempt: number;
  now: number;
  /** Since when the endpoint has not answered well; null when it has. */
  firstFailedAt: number | null;
  /** 0 up to 1. */
  random: number;
}

/** Decides whether a delivery is done, tried again or given up, and whether its endpoint goes. */
export function judgeAttempt(facts: AttemptFacts): Verdict {
  const { answer, attempt, now, firstFailedAt, random } = facts;
  if (answer.status !== null && answer.status >= 200 && answer.status < 300) {
    return { status: "succeeded" };
  }
  if (answer.isBlocked) return { status: "failed", reason: "blocked_address", disable: null };
  if (answer.status === 410) {
    return { status: "failed", reason: "gone", disable: "The receiver answered 410 Gone." };
  }
  if (firstFailedAt !== null && now - firstFailedAt >= DISABLE_AFTER_MS) {
    return {
      status: "failed",
      reason: "endpoint_disabled",
      disable: "No delivery succeeded for 5 days.",
    };
  }
  const wait = nextWaitMs(attempt, answer.retryAfterSeconds, random);
  if (wait === null) return { status: "failed", reason: "exhausted", disable: null };
  return { status: "pending", nextAttemptAt: now + Math.round(wait), disable: null };
}
