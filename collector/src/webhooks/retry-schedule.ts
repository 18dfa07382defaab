const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** Waits between the attempts of a delivery, in milliseconds: ten attempts in 75 h 35 min 5 s. */
export const RETRY_WAITS_MS = [
  5 * SECOND,
  5 * MINUTE,
  30 * MINUTE,
  2 * HOUR,
  5 * HOUR,
  10 * HOUR,
  14 * HOUR,
  20 * HOUR,
  24 * HOUR,
] as const;

const JITTER = 0.2;
const RETRY_AFTER_JITTER = 0.1;
const MAX_RETRY_AFTER_MS = 24 * HOUR;

/**
 * How long to wait before the next attempt.
 *
 * @param attempt - the attempt that failed, from 1
 * @param retryAfterSeconds - what the receiver asked for; never shortens the wait
 * @param random - 0 up to 1; spreads the retries so that they don't come as one wave
 * @returns milliseconds, or null when there is no further attempt
 */
export function nextWaitMs(
  attempt: number,
  retryAfterSeconds: number | null,
  random: number,
): number | null {
  const wait = RETRY_WAITS_MS[attempt - 1];
  if (wait === undefined) return null;
  const jittered = wait * (1 - JITTER + 2 * JITTER * random);
  if (retryAfterSeconds === null) return jittered;
  const asked = Math.min(retryAfterSeconds * SECOND, MAX_RETRY_AFTER_MS);
  return Math.max(jittered, asked * (1 + RETRY_AFTER_JITTER * random));
}
