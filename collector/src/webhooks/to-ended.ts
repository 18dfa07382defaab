import { toStorable } from "../unstorable.ts";
import type { ClaimedDelivery, SendingEndpoint } from "./claim-queries.ts";
import type { EndedAttempt } from "./end-attempts.ts";
import { type FailureReason, judgeAttempt } from "./judge-attempt.ts";
import type { Answer } from "./sender.ts";

/** The answer of a receiver, or why none was asked for. */
export type Outcome = Answer | { unsent: FailureReason | "superseded" };

/** A try of a delivery. Times are milliseconds since the epoch. */
export interface Try {
  delivery: ClaimedDelivery;
  endpoint: SendingEndpoint;
  /** As it was claimed, ISO 8601. */
  leasedUntil: string;
  startedAt: number;
  endedAt: number;
}

const KEPT_BODY = 2_000;

/** A delivery that goes back as it came: not sent, not counted. */
export function toReleased(tried: Try): EndedAttempt {
  return { ...unsent(tried), status: "pending", failureReason: null };
}

/** What is written down of a try, and what follows from it. */
export function toEnded(tried: Try, outcome: Outcome): EndedAttempt {
  if ("unsent" in outcome) {
    const isSuperseded = outcome.unsent === "superseded";
    return isSuperseded
      ? { ...unsent(tried), status: "superseded", failureReason: null }
      : { ...unsent(tried), status: "failed", failureReason: outcome.unsent as FailureReason };
  }
  const { delivery, endpoint, endedAt } = tried;
  const verdict = judgeAttempt({
    answer: outcome,
    attempt: delivery.attempt,
    now: endedAt,
    firstFailedAt: endpoint.first_failed_at?.getTime() ?? null,
    random: Math.random(),
  });
  const isFailed = verdict.status === "failed";
  return {
    attempt: delivery.attempt,
    durationMs: outcome.durationMs,
    responseStatus: outcome.status,
    responseBody: toStorable(outcome.body.slice(0, KEPT_BODY)),
    error: outcome.error,
    status: verdict.status,
    failureReason: isFailed ? verdict.reason : null,
    nextAttemptAt: verdict.status === "pending" ? verdict.nextAttemptAt : null,
    disable: isFailed ? verdict.disable : null,
    ...about(tried),
  };
}

/** To be spread last: V8 takes 2 µs for each property that follows a spread. */
function about({ delivery, endpoint, leasedUntil, startedAt, endedAt }: Try) {
  return {
    projectId: delivery.project_id,
    deliveryId: delivery.id,
    endpointId: delivery.endpoint_id,
    leasedUntil,
    startedAt,
    endedAt,
    wasFailing: endpoint.first_failed_at !== null,
  };
}

function unsent(tried: Try) {
  return {
    attempt: tried.delivery.attempt - 1,
    durationMs: null,
    responseStatus: null,
    responseBody: "",
    error: null,
    nextAttemptAt: null,
    disable: null,
    ...about(tried),
  };
}
