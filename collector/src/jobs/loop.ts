import type { Logger } from "../logger.ts";

/** Work that a process does over and over. */
export interface Loop {
  start(): void;
  /** Ends after the turn under way. */
  stop(): Promise<void>;
}

export interface LoopOptions {
  name: string;
  /** One turn; returns true when there is more to do at once. */
  turn(): Promise<boolean>;
  /** Pause after a turn that found nothing, in milliseconds. */
  idleMs: number;
  logger: Logger;
}

const PAUSE_AFTER_FAILURE_MS = 1_000;

/**
 * Runs turns one after another. A turn that fails is logged and tried again after a pause; of many in
 * a row the 1st, 2nd, 4th, 8th … are, so that an outage fills no disk.
 */
export function createLoop({ name, turn, idleMs, logger }: LoopOptions): Loop {
  let isStopping = false;
  let running: Promise<void> | undefined;
  let wake: (() => void) | undefined;
  let failures = 0;

  function pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  async function run(): Promise<void> {
    while (!isStopping) {
      try {
        const hasMore = await turn();
        if (failures > 1) logger.info({ loop: name, failures }, "turns succeed again");
        failures = 0;
        if (!hasMore && !isStopping) await pause(idleMs);
      } catch (error) {
        failures += 1;
        const isTold = Number.isInteger(Math.log2(failures));
        if (isTold && !isStopping) {
          logger.error({ loop: name, err: error, failures }, "a turn failed");
        }
        if (!isStopping) await pause(PAUSE_AFTER_FAILURE_MS);
      }
    }
  }

  return {
    start() {
      running ??= run();
    },
    async stop() {
      isStopping = true;
      wake?.();
      await running;
    },
  };
}
