import type { Database } from "../db/client.ts";
import type { Logger } from "../logger.ts";
import type { LookupAll } from "./address-guard.ts";
import { createAttemptRecorder } from "./attempt-recorder.ts";
import {
  type ClaimedDelivery,
  claimDeliveries,
  findSendingEndpoints,
  type SendingEndpoint,
} from "./claim-queries.ts";
import { createEndpointGate } from "./endpoint-gate.ts";
import type { NothingToSend } from "./formats/format.ts";
import { DEFAULT_ROOM } from "./lane.ts";
import { createQueueClearer } from "./queue-clearer.ts";
import { createSecretBox } from "./secret-box.ts";
import { createSecretCache } from "./secret-cache.ts";
import { createSender } from "./sender.ts";
import { type Outcome, type Try, toEnded, toReleased } from "./to-ended.ts";
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

/** Deliveries of one claim share their lease. */
interface Lease {
  /** ISO 8601. */
  until: string;
  untilMs: number;
}

const LEASE_MS = 45_000;
/** Between looks at a queue that is empty, in milliseconds. */
const POLL_MS = 250;
/** After a look that found something: more comes soon, mostly. It grows back with each empty look. */
const SOON_MS = 25;
const SLOWER = 1.5;
/** Most deliveries that this process holds, of all endpoints. */
const MAX_CLAIMED = 4_096;
/** A delivery that waited for its turn is sent only while its lease outlasts any attempt. */
const LEAST_LEASE_MS = 22_000;

/** Builds the loop that sends webhooks. */
export function createDeliveryLoop(options: DeliveryLoopOptions): DeliveryLoop {
  const { database, clock, logger, leaseMs: leaseLengthMs = LEASE_MS } = options;
  const sender = createSender(options);
  const box = createSecretCache(createSecretBox(options.appSecret));
  const gate = createEndpointGate();
  const clearer = createQueueClearer(database.sql, { clock, logger });
  const recorder = createAttemptRecorder(database.sql, { logger, onDisabled: clearer.clear });
  let isStopping = false;
  let pollMs = POLL_MS;
  let pump: Promise<void> | null = null;

  async function claim(): Promise<Promise<void>[]> {
    const now = clock();
    const untilMs = now + leaseLengthMs;
    const lease: Lease = { until: new Date(untilMs).toISOString(), untilMs };
    const claimed = await claimDeliveries(database.sql, {
      now: new Date(now).toISOString(),
      leasedUntil: lease.until,
      limit: MAX_CLAIMED - gate.claimed(),
      defaultRoom: DEFAULT_ROOM,
      rooms: gate.rooms(now),
    });
    const endpoints = await findSendingEndpoints(database.sql, claimed);
    return claimed.flatMap((delivery) => {
      const endpoint = endpoints.get(delivery.endpoint_id);
      if (!endpoint) return [];
      const { max_concurrent: maxConcurrent, max_per_second: maxPerSecond } = endpoint;
      gate.claim(endpoint.id, { maxConcurrent, maxPerSecond });
      return [attempt(delivery, endpoint, lease)];
    });
  }

  async function attempt(
    delivery: ClaimedDelivery,
    endpoint: SendingEndpoint,
    lease: Lease,
  ): Promise<void> {
    const isMyTurn = await gate.enter(endpoint.id);
    const startedAt = clock();
    const tried: Try = {
      delivery,
      endpoint,
      leasedUntil: lease.until,
      startedAt,
      endedAt: startedAt,
    };
    if (!isMyTurn) {
      gate.drop(endpoint.id);
      return recorder.record(toReleased(tried));
    }
    const isLate = lease.untilMs - startedAt < Math.min(LEAST_LEASE_MS, leaseLengthMs / 2);
    const outcome = isLate ? null : await tryOnce(delivery, endpoint, startedAt);
    tried.endedAt = clock();
    const ended = outcome ? toEnded(tried, outcome) : toReleased(tried);
    const isAwaited = gate.leave(endpoint.id, {
      isGood: ended.status === "succeeded" || ended.durationMs === null,
      durationMs: ended.durationMs ?? 0,
      now: tried.endedAt,
      pauseMs: outcome && "status" in outcome ? (outcome.retryAfterSeconds ?? 0) * 1_000 : 0,
    });
    await recorder.record(ended, isAwaited ? "now" : "soon");
    gate.written(endpoint.id);
  }

  async function tryOnce(
    delivery: ClaimedDelivery,
    endpoint: SendingEndpoint,
    startedAt: number,
  ): Promise<Outcome> {
    if (delivery.is_superseded) return { unsent: "superseded" };
    let request: OutgoingRequest | NothingToSend;
    try {
      request = toRequest(box, { delivery, endpoint, at: startedAt });
    } catch (err) {
      logger.error({ err, endpointId: endpoint.id }, "a secret can't be opened");
      return { unsent: "unreadable_secret" };
    }
    return "reason" in request ? { unsent: request.reason } : sender.send(request);
  }

  /** Waits for the poll, or until an endpoint that has more waiting has room for it. */
  async function nextClaim(): Promise<void> {
    const until = performance.now() + pollMs;
    do await recorder.nextWrite(Math.max(1, until - performance.now()));
    while (!isStopping && performance.now() < until && !gate.isHungry(clock()));
  }

  async function run(): Promise<void> {
    while (!isStopping) {
      try {
        const attempts = gate.claimed() < MAX_CLAIMED ? await claim() : [];
        pollMs = attempts.length > 0 ? SOON_MS : Math.min(POLL_MS, pollMs * SLOWER);
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
      clearer.start();
      pump ??= run();
    },
    async stop() {
      isStopping = true;
      gate.close();
      recorder.wake();
      await pump;
      await recorder.idle(() => gate.claimed() === 0);
      await clearer.stop();
      await sender.close();
    },
    async tick() {
      const attempts = await claim();
      await Promise.all(attempts);
      await clearer.idle();
      return attempts.length;
    },
  };
}
