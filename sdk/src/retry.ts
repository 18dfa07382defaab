/**
 * What is to be done after a try: nothing more, because the collector has the events or will
 * never take them, or a wait in milliseconds. An endless wait ends when the page is loaded anew,
 * comes back into view or goes online.
 */
export type Verdict = "delivered" | "refused" | number;

const BASE_MS = 1_000;
const CAP_MS = 60_000;
const RETRY_AFTER_CAP_MS = 300_000;
const MAX_TRIES = 10;
const MAX_UNREACHED_TRIES = 3;
const UNREACHED_BASE_MS = 2_000;

/** The answer to a request, as far as a retry depends on it. */
export interface Answer {
  /** HTTP status; 0 when no answer came: offline, blocked, cut or timed out. */
  status: number;
  /** From `Retry-After`, in milliseconds; 0 without one. */
  retryAfterMs: number;
}

/**
 * Decides what follows a request.
 *
 * A server's trouble (408, 425, 429, 5xx) is tried again after 1 s, doubling up to a minute with
 * full jitter, 10 times; a stated `Retry-After` is obeyed up to 5 minutes and costs no try. When
 * nothing answered, an ad blocker is as likely as an outage: 3 tries within about 10 seconds.
 * Every other status is final.
 *
 * @param answer - of the last try
 * @param tries - failed tries in a row, the last one included, from 1
 * @param random - between 0 and 1
 */
export function judge(answer: Answer, tries: number, random: number): Verdict {
  const { status, retryAfterMs } = answer;
  if (status >= 200 && status < 300) return "delivered";
  if (!status) {
    return tries < MAX_UNREACHED_TRIES
      ? UNREACHED_BASE_MS * 4 ** (tries - 1) * (0.9 + random / 5)
      : Number.POSITIVE_INFINITY;
  }
  if (status < 500 && ![408, 425, 429].includes(status)) return "refused";
  if (retryAfterMs) return Math.min(retryAfterMs, RETRY_AFTER_CAP_MS) * (1 + random / 10);
  return tries < MAX_TRIES
    ? Math.min(BASE_MS * 2 ** (tries - 1), CAP_MS) * random
    : Number.POSITIVE_INFINITY;
}
