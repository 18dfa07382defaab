import { setTimeout as sleep } from "node:timers/promises";
import type { Sql } from "../db/client.ts";
import type { Logger } from "../logger.ts";
import { failPending, findUncleared } from "./clear-queries.ts";

/** Gives up what waits for endpoints that were disabled because they failed. */
export interface QueueClearer {
  /** Clears what an earlier process left, and from then on what is disabled. */
  start(): void;
  /** Clears the queue of an endpoint that was just disabled. */
  clear(endpointId: string): void;
  /** Resolves when nothing is left to clear. */
  idle(): Promise<void>;
  /** Leaves the rest to the next start. */
  stop(): Promise<void>;
}

/** A statement for all of a long queue would hold its rows, and the disk, for seconds. */
const PORTION = 500;
/** Between portions, in milliseconds: nobody waits for them, others do for the database. */
const PAUSE_MS = 20;

export function createQueueClearer(
  sql: Sql,
  { clock, logger }: { clock: () => number; logger: Logger },
): QueueClearer {
  let isStopping = false;
  let last: Promise<void> = Promise.resolve();

  async function clearQueue(endpointId: string): Promise<void> {
    while (!isStopping) {
      const at = new Date(clock()).toISOString();
      const count = await failPending(sql, endpointId, { at, limit: PORTION });
      if (count < PORTION) return;
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
    start: () => next(clearLeft),
    clear: (endpointId) => next(() => clearQueue(endpointId)),
    idle: () => last,
    async stop() {
      isStopping = true;
      await last;
    },
  };
}
