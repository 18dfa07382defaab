import { setImmediate } from "node:timers/promises";
import type { Steps } from "@telltale/scoring";

/** So long the process is not let go; requests wait at most a little longer. */
const TURN_MS = 20;

/**
 * Goes through long work step by step, and lets everybody else on the process have a turn every few
 * milliseconds.
 *
 * @param onShare - told of the share that is done, 0–1, at each turn
 */
export async function takeTurns<Result>(
  steps: Steps<Result>,
  onShare: (share: number) => void = () => {},
): Promise<Result> {
  let since = performance.now();
  for (let step = steps.next(); ; step = steps.next()) {
    if (step.done) return step.value;
    if (performance.now() - since < TURN_MS) continue;
    onShare(step.value);
    await setImmediate();
    since = performance.now();
  }
}
