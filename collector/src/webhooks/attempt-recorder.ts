import type { Sql } from "../db/client.ts";
import { retryDeadlock } from "../db/retry-deadlock.ts";
import type { Logger } from "../logger.ts";
import { type EndedAttempt, endAttempts } from "./end-attempts.ts";

/** Whether a record may wait for company. */
export type Urgency = "now" | "soon";

/** Writes ended attempts down, together what ended together. */
export interface AttemptRecorder {
  /**
   * Resolves when the attempt is written.
   *
   * @param urgency - `"now"` when the next delivery waits for it
   */
  record(ended: EndedAttempt, urgency?: Urgency): Promise<void>;
  /** Resolves when something was written since the last call, or after `timeoutMs`. */
  nextWrite(timeoutMs: number): Promise<void>;
  /** Ends a wait in {@link nextWrite}. */
  wake(): void;
  /** Resolves when all is written and `isDone`. */
  idle(isDone: () => boolean): Promise<void>;
}

/** Where nobody waits for the record of an attempt, it waits for company, in milliseconds. */
const GATHER_MS = 20;
/** Enough company: under load nothing waits for the clock. */
const FULL_BATCH = 32;

interface Waiting {
  ended: EndedAttempt;
  resolve(): void;
}

/**
 * Attempts gather for a moment, and while a write is under way, so the database sees few large
 * statements under load and one small one at rest. A write that fails is given up: its deliveries come back
 * when their lease runs out.
 */
export function createAttemptRecorder(
  sql: Sql,
  { logger, onDisabled }: { logger: Logger; onDisabled: (endpointId: string) => void },
): AttemptRecorder {
  let waiting: Waiting[] = [];
  let isWriting = false;
  let isUrgent = false;
  let hasNews = false;
  let waker: (() => void) | null = null;
  let onFull: (() => void) | null = null;

  function wake(): void {
    hasNews = true;
    waker?.();
  }

  async function write(): Promise<void> {
    if (isWriting) return;
    isWriting = true;
    while (waiting.length > 0) {
      if (!isUrgent && waiting.length < FULL_BATCH) await gather();
      const batch = waiting;
      waiting = [];
      isUrgent = false;
      try {
        const attempts = batch.map(({ ended }) => ended);
        // An erasure may take the same deliveries, in an order of its own.
        const disabled = await retryDeadlock(() => endAttempts(sql, attempts));
        for (const endpointId of disabled) onDisabled(endpointId);
      } catch (err) {
        logger.error({ err, attempts: batch.length }, "recording attempts failed");
      }
      for (const { resolve } of batch) resolve();
      wake();
    }
    isWriting = false;
  }

  function gather(): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, GATHER_MS);
      onFull = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  async function nextWrite(timeoutMs: number): Promise<void> {
    if (!hasNews) {
      await new Promise<void>((resolve) => {
        waker = resolve;
        setTimeout(resolve, timeoutMs);
      });
    }
    waker = null;
    hasNews = false;
  }

  return {
    record(ended, urgency = "soon") {
      return new Promise((resolve) => {
        waiting.push({ ended, resolve });
        isUrgent ||= urgency === "now";
        if (isUrgent || waiting.length >= FULL_BATCH) onFull?.();
        void write();
      });
    },
    nextWrite,
    wake,
    async idle(isDone) {
      while (!isDone() || isWriting || waiting.length > 0) await nextWrite(50);
    },
  };
}
