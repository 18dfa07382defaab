import type { Database } from "../db/client.ts";
import type { Logger } from "../logger.ts";
import type { LookupAll } from "./address-guard.ts";
import { createAttemptRecorder } from "./attempt-recorder.ts";
import { type ClaimedDelivery, claimDeliveries } from "./delivery-queries.ts";
import type { EndedAttempt } from "./end-attempts.ts";
import { createEndpointGate, DEFAULT_ROOM } from "./endpoint-gate.ts";
import type { NothingToSend } from "./formats/format.ts";
import { type FailureReason, judgeAttempt } from "./judge-attempt.ts";
import { createSecretBox } from "./secret-box.ts";
import { type Answer, createSender } from "./sender.ts";
import { type OutgoingRequest, toRequest } from "./to-request.ts";

export interface DeliveryLoopOptions {
  database: Database;
  /** Milliseconds since the epoch. */
  clock: () => number;
  appSecret: string;
  logger: Logger;
  isPrivateAllowed: boolean;
  /** `host:port` of receivers that may be reached although private. */
  allowedHosts: readonly string[];
  /** How long a delivery belongs to this process, in milliseconds; longer than any attempt. */
  leaseMs?: number;
  /** How long an attempt may take until its status line, in milliseconds. */
  timeoutMs?: number;
  /** Replaces the system's name service in tests. */
  lookup?: LookupAll;
}

/** Sends what is due, until it is stopped. Any number of processes may run one each. */
export interface DeliveryLoop {
  start(): void;
  /** Lets attempts under way end, then stops. */
  stop(): Promise<void>;
  /**
   * Sends what is due now, once.
   *
   * @returns how many deliveries were tried
   */
  tick(): Promise<number>;
}

/** The answer of a receiver, or why none was asked for. */
type Outcome = Answer | { unsent: FailureReason | "superseded" };

const LEASE_MS = 45_000;
const POLL_MS = 250;
/** Most deliveries that this process holds, of all endpoints. */
const MAX_CLAIMED = 4_096;
/** A delivery that waited for its turn is sent only while its lease outlasts any attempt. */
const LEAST_LEASE_MS = 22_000;

/** Builds the loop that sends webhooks. */
export function createDeliveryLoop(options: DeliveryLoopOptions): DeliveryLoop {
  const { database, clock, logger, leaseMs: leaseLengthMs = LEASE_MS } = options;
  const sender = createSender(options);
  const box = createSecretBox(options.appSecret);
  const gate = createEndpointGate();
  const recorder = createAttemptRecorder(database.sql, logger);
  let isStopping = false;
  let pump: Promise<void> | null = null;

  async function claim(): Promise<Promise<void>[]> {
    const now = clock();
    const claimed = await claimDeliveries(database.sql, {
      now: new Date(now).toISOString(),
      leasedUntil: new Date(now + leaseLengthMs).toISOString(),
      limit: MAX_CLAIMED - gate.claimed(),
      defaultRoom: DEFAULT_ROOM,
      rooms: gate.rooms(now),
    });
    return claimed.map((delivery) => {
      gate.claim(delivery.endpoint_id);
      return attempt(delivery);
    });
  }

  async function attempt(delivery: ClaimedDelivery): Promise<void> {
    const isMyTurn = await gate.enter(delivery.endpoint_id);
    const startedAt = clock();
    const leaseMs = delivery.leased_until.getTime() - startedAt;
    if (!isMyTurn) {
      gate.drop(delivery.endpoint_id);
      return recorder.record(toReleased(delivery, startedAt));
    }
    const isLate = leaseMs < Math.min(LEAST_LEASE_MS, leaseLengthMs / 2);
    const outcome = isLate ? null : await tryOnce(delivery, startedAt);
    const now = clock();
    const ended = outcome
      ? toEnded(delivery, { outcome, startedAt, now })
      : toReleased(delivery, startedAt);
    gate.leave(delivery.endpoint_id, {
      isGood: ended.status === "succeeded" || ended.durationMs === null,
      durationMs: ended.durationMs ?? 0,
      now,
      pauseMs: outcome && "status" in outcome ? (outcome.retryAfterSeconds ?? 0) * 1_000 : 0,
    });
    await recorder.record(ended);
  }

  async function tryOnce(delivery: ClaimedDelivery, startedAt: number): Promise<Outcome> {
    if (delivery.is_superseded) return { unsent: "superseded" };
    let request: OutgoingRequest | NothingToSend;
    try {
      request = toRequest(box, delivery, startedAt);
    } catch (err) {
      logger.error({ err, endpointId: delivery.endpoint_id }, "a secret can't be opened");
      return { unsent: "unreadable_secret" };
    }
    return "reason" in request ? { unsent: request.reason } : sender.send(request);
  }

  /** Waits for the poll, or until an endpoint that has more waiting has room for it. */
  async function nextClaim(): Promise<void> {
    const until = performance.now() + POLL_MS;
    do await recorder.nextWrite(Math.max(1, until - performance.now()));
    while (!isStopping && performance.now() < until && !gate.isHungry(clock()));
  }

  async function run(): Promise<void> {
    while (!isStopping) {
      try {
        const attempts = gate.claimed() < MAX_CLAIMED ? await claim() : [];
        for (const one of attempts) one.catch((err) => logger.error({ err }, "delivery failed"));
        await nextClaim();
      } catch (err) {
        logger.error({ err }, "claiming deliveries failed");
        await new Promise((resolve) => setTimeout(resolve, POLL_MS * 4));
      }
    }
  }

  return {
    start() {
      pump ??= run();
    },
    async stop() {
      isStopping = true;
      recorder.wake();
      await pump;
      await recorder.idle(() => gate.claimed() === 0);
      await sender.close();
    },
    async tick() {
      const attempts = await claim();
      await Promise.all(attempts);
      return attempts.length;
    },
  };
}

const KEPT_BODY = 2_000;

/** A delivery that goes back as it came: not sent, not counted. */
function toReleased(delivery: ClaimedDelivery, at: number): EndedAttempt {
  return {
    ...about(delivery, { startedAt: at, now: at }),
    attempt: delivery.attempt - 1,
    durationMs: null,
    responseStatus: null,
    responseBody: "",
    error: null,
    status: "pending",
    failureReason: null,
    nextAttemptAt: delivery.next_attempt_at.toISOString(),
    disable: null,
  };
}

function about(delivery: ClaimedDelivery, { startedAt, now }: { startedAt: number; now: number }) {
  return {
    projectId: delivery.project_id,
    deliveryId: delivery.id,
    endpointId: delivery.endpoint_id,
    attempt: delivery.attempt,
    leasedUntil: delivery.leased_until.toISOString(),
    startedAt: new Date(startedAt).toISOString(),
    endedAt: new Date(now).toISOString(),
    wasFailing: delivery.first_failed_at !== null,
  };
}

function toEnded(
  delivery: ClaimedDelivery,
  { outcome, startedAt, now }: { outcome: Outcome; startedAt: number; now: number },
): EndedAttempt {
  const base = about(delivery, { startedAt, now });
  if ("unsent" in outcome) {
    const { unsent } = outcome;
    return {
      ...base,
      attempt: delivery.attempt - 1,
      durationMs: null,
      responseStatus: null,
      responseBody: "",
      error: null,
      status: unsent === "superseded" ? "superseded" : "failed",
      failureReason: unsent === "superseded" ? null : unsent,
      nextAttemptAt: null,
      disable: null,
    };
  }
  const verdict = judgeAttempt({
    answer: outcome,
    attempt: delivery.attempt,
    now,
    firstFailedAt: delivery.first_failed_at?.getTime() ?? null,
    random: Math.random(),
  });
  return {
    ...base,
    durationMs: outcome.durationMs,
    responseStatus: outcome.status,
    responseBody: outcome.body.slice(0, KEPT_BODY).replaceAll("\u0000", ""),
    error: outcome.error,
    status: verdict.status,
    failureReason: verdict.status === "failed" ? verdict.reason : null,
    nextAttemptAt:
      verdict.status === "pending" ? new Date(verdict.nextAttemptAt).toISOString() : null,
    disable: verdict.status === "failed" ? verdict.disable : null,
  };
}
