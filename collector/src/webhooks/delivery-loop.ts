import type { Database } from "../db/client.ts";
import type { Logger } from "../logger.ts";
import type { LookupAll } from "./address-guard.ts";
import { createAttemptRecorder } from "./attempt-recorder.ts";
import { type ClaimedDelivery, claimDeliveries } from "./delivery-queries.ts";
import type { EndedAttempt } from "./end-attempts.ts";
import { createEndpointGate, DEFAULT_ROOM } from "./endpoint-gate.ts";
import { judgeAttempt } from "./judge-attempt.ts";
import { createSecretBox } from "./secret-box.ts";
import { type Answer, createSender } from "./sender.ts";
import { signMessage } from "./sign-message.ts";

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

const LEASE_MS = 45_000;
const POLL_MS = 250;
const MAX_RUNNING = 256;

/** Builds the loop that sends webhooks. */
export function createDeliveryLoop(options: DeliveryLoopOptions): DeliveryLoop {
  const { database, clock, logger, leaseMs = LEASE_MS } = options;
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
      leasedUntil: new Date(now + leaseMs).toISOString(),
      limit: MAX_RUNNING - gate.running(),
      defaultRoom: DEFAULT_ROOM,
      rooms: gate.rooms(now),
    });
    return claimed.map((delivery) => {
      gate.enter(delivery.endpoint_id);
      return attempt(delivery);
    });
  }

  async function attempt(delivery: ClaimedDelivery): Promise<void> {
    const startedAt = clock();
    const answer = await send(delivery, startedAt);
    const ended = toEnded(delivery, { answer, startedAt, now: clock() });
    gate.leave(delivery.endpoint_id, {
      isGood: ended.status === "succeeded",
      now: clock(),
      pauseMs: (answer.retryAfterSeconds ?? 0) * 1000,
    });
    await recorder.record(ended);
  }

  function send(delivery: ClaimedDelivery, startedAt: number): Promise<Answer> {
    const secrets = [box.open(delivery.secret_encrypted, delivery.endpoint_id)];
    const { previous_secret_encrypted: previous, previous_secret_expires_at: expiresAt } = delivery;
    if (previous && expiresAt && expiresAt.getTime() > startedAt) {
      secrets.push(box.open(previous, delivery.endpoint_id));
    }
    const { message_id: id, body } = delivery;
    const signed = { id, timestampSeconds: Math.floor(startedAt / 1000), body };
    return sender.send({
      url: delivery.url,
      headers: {
        "content-type": "application/json",
        "user-agent": "Telltale-Webhooks/1",
        ...signMessage(signed, secrets),
      },
      body,
    });
  }

  async function run(): Promise<void> {
    while (!isStopping) {
      try {
        const attempts = gate.running() < MAX_RUNNING ? await claim() : [];
        for (const one of attempts) one.catch((err) => logger.error({ err }, "delivery failed"));
        await recorder.nextWrite(POLL_MS);
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
      await recorder.idle(() => gate.running() === 0);
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

function toEnded(
  delivery: ClaimedDelivery,
  { answer, startedAt, now }: { answer: Answer; startedAt: number; now: number },
): EndedAttempt {
  const verdict = judgeAttempt({
    answer,
    attempt: delivery.attempt,
    now,
    firstFailedAt: delivery.first_failed_at?.getTime() ?? null,
    random: Math.random(),
  });
  return {
    projectId: delivery.project_id,
    deliveryId: delivery.id,
    endpointId: delivery.endpoint_id,
    attempt: delivery.attempt,
    startedAt: new Date(startedAt).toISOString(),
    durationMs: answer.durationMs,
    responseStatus: answer.status,
    responseBody: answer.body.slice(0, KEPT_BODY).replaceAll("\u0000", ""),
    error: answer.error,
    status: verdict.status,
    failureReason: verdict.status === "failed" ? verdict.reason : null,
    nextAttemptAt:
      verdict.status === "pending" ? new Date(verdict.nextAttemptAt).toISOString() : null,
    endedAt: new Date(now).toISOString(),
    wasFailing: delivery.first_failed_at !== null,
    disable: verdict.status === "failed" ? verdict.disable : null,
  };
}
