/**
 * Until the page is loaded anew, comes back into view or goes online: 23 days, where a timer knows no
 * more than 24.
 */
export const REST_MS = 2_000_000_000;

const BASE_MS = 500;
const CAP_MS = 60_000;
const RETRY_AFTER_CAP_MS = 300_000;
const MAX_TRIES = 10;
const MAX_UNREACHED_TRIES = 3;

/** The answer to a request, as far as a retry depends on it. */
export interface Answer {
  /** HTTP status; 0 when no answer came: offline, blocked, cut or timed out. */
  status: number;
  /** From `Retry-After`, in milliseconds; 0 or absent without one. */
  retryAfterMs?: number;
}

/**
 * Decides what follows a request.
 *
 * A server's trouble (408, 425, 429, 5xx) is tried again after 1 s, doubling up to a minute with
 * full jitter, 10 times; a stated `Retry-After` is obeyed up to 5 minutes. When nothing answered,
 * an ad blocker is as likely as an outage: 3 tries within about 10 seconds. Every other status is
 * final.
 *
 * @param answer - of the last try
 * @param tries - failed tries in a row, the last one included, from 1
 * @param random - between 0 and 1
 * @returns the wait until the next try, in milliseconds; 0 when there is to be none, because the
 *   collector has the events or will never take them
 */
export function judge({ status, retryAfterMs }: Answer, tries: number, random: number): number {
  if (status && status < 500 && ![408, 425, 429].includes(status)) return 0;
  if (retryAfterMs) return Math.min(retryAfterMs, RETRY_AFTER_CAP_MS) * (1 + random / 10);
  if (tries >= (status ? MAX_TRIES : MAX_UNREACHED_TRIES)) return REST_MS;
  return status
    ? 1 + Math.min(BASE_MS * 2 ** tries, CAP_MS) * random
    : BASE_MS * 4 ** tries * (1 + random / 10);
}
