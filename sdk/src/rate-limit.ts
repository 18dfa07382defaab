/** Events a second that are let through in the long run. */
const EVENTS_PER_SECOND = 10;
/** Events that may come at once. */
const BURST = 100;

/**
 * A token bucket: 100 events at once, 10 a second after that, so that a runaway loop of the host
 * page cannot flood the collector.
 *
 * @returns takes one token; false when there is none
 */
export function createRateLimit(now: number): (now: number) => boolean {
  let tokens = BURST;
  let filledAt = now;
  return (at) => {
    tokens = Math.min(BURST, tokens + (Math.max(0, at - filledAt) / 1_000) * EVENTS_PER_SECOND);
    filledAt = at;
    if (tokens < 1) return false;
    tokens--;
    return true;
  };
}
