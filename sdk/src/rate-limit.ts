/** From one event to the next in the long run, in milliseconds: 10 a second. */
const SPACING_MS = 100;
/** Events that may come at once. */
const BURST = 100;

/**
 * A token bucket: 100 events at once, 10 a second after that, so that a runaway loop of the host
 * page cannot flood the collector. Kept as the moment that the events so far would reach, had
 * they come evenly.
 *
 * @returns takes one token; false when there is none
 * @see https://en.wikipedia.org/wiki/Generic_cell_rate_algorithm
 */
export function createRateLimit(): (now: number) => boolean {
  let reached = 0;
  return (now) => {
    const earliest = now - BURST * SPACING_MS;
    // Later than now: the clock has been set back.
    if (reached < earliest || reached > now) reached = earliest;
    if (reached + SPACING_MS > now) return false;
    reached += SPACING_MS;
    return true;
  };
}
