import { setTimeout as sleep } from "node:timers/promises";
import type { Logger } from "../logger.ts";

const HOUR_MS = 3_600_000;
/** The first pause after a failure; it doubles. */
const RETRY_MS = 2_000;

interface KeepFilledDeps {
  /** Stores what is missing; fails as a whole. */
  fill: () => Promise<void>;
  logger: Logger;
  signal: AbortSignal;
  /** Between two looks for a day that passed, in milliseconds. */
  everyMs?: number;
  retryMs?: number;
}

/**
 * Fills again and again: at once, after each hour, so that no day that passes stays empty, and sooner
 * after a failure.
 *
 * @returns the first filling that succeeded, and the end of it all, after the signal; neither rejects
 */
export function keepFilled(deps: KeepFilledDeps): { filled: Promise<void>; ended: Promise<void> } {
  const { fill, logger, signal, everyMs = HOUR_MS, retryMs = RETRY_MS } = deps;
  let onFilled = () => {};
  const filled = new Promise<void>((resolve) => {
    onFilled = resolve;
  });

  async function run(): Promise<void> {
    let failures = 0;
    while (!signal.aborted) {
      let pauseMs = everyMs;
      try {
        await fill();
        failures = 0;
        onFilled();
      } catch (error) {
        logger.error({ err: error }, "the simulated book could not be stored; it is tried again");
        pauseMs = Math.min(everyMs, retryMs * 2 ** failures++);
      }
      // A demo keeps no process alive.
      await sleep(pauseMs, undefined, { signal, ref: false }).catch(() => {});
    }
  }

  const ended = run().then(onFilled);
  return { filled, ended };
}
