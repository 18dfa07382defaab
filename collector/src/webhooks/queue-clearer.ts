import { setTimeout as sleep } from "node:timers/promises";
import type { Sql } from "../db/client.ts";
import type { Logger } from "../logger.ts";
import { failPending, findUncleared } from "./clear-queries.ts";

/** Gives up what waits for endpoints that were disabled because they failed. */
export interface QueueClearer {
  /** Clears what is left, by earlier processes or after a fault, now and every minute. */
  start(): void;
  /** Clears the queue of an endpoint that was just disabled. */
  clear(endpointId: string): void;
  /** Resolves when what was begun has ended. */
  idle(): Promise<void>;
  /** Leaves the rest to the next start. */
  stop(): Promise<void>;
}

/** A statement for all of a long queue would hold its rows, and the disk, for seconds. */
const PORTION = 500;
/** Between portions, in milliseconds: nobody waits for them, others do for the database. */
const PAUSE_MS = 20;
const EVERY_MS = 60_000;

interface ClearerOptions {
  clock: () => number;
  logger: Logger;
  /** Between looks for what is left, in milliseconds. */
  everyMs?: number;
}

export function createQueueClearer(
  sql: Sql,
  { clock, logger, everyMs = EVERY_MS }: ClearerOptions,
): QueueClearer {
  let isStopping = false;
  let last: Promise<void> = Promise.resolve();
  let timer: NodeJS.Timeout | undefined;

  async function clearQueue(endpointId: string): Promise<void> {
    while (!isStopping) {
      const at = new Date(clock()).toISOString();
      // A row that changed meanwhile is missing in a portion, so a small one need not be the last.
      const count = await failPending(sql, endpointId, { at, limit: PORTION });
      if (count === 0) return;
      await sleep(PAUSE_MS);
    }
  }

  async function clearLeft(): Promise<void> {
    for (const id of await findUncleared(sql)) await clearQueue(id);
  }

  function next(work: () => Promise<void>): void {
    last = last.then(work).catch((err) => logger.error({ err }, "clearing a queue failed"));
  }

  return {
    start() {
      next(clearLeft);
      timer ??= setInterval(() => next(clearLeft), everyMs).unref();
    },
    clear: (endpointId) => next(() => clearQueue(endpointId)),
    idle: () => last,
    async stop() {
      isStopping = true;
      clearInterval(timer);
      await last;
    },
  };
}
