import { createHmac, timingSafeEqual } from "node:crypto";

/** Compares without telling by its duration how much was right. */
export function isEqualText(a: string, b: string): boolean {
  const digest = (text: string) => createHmac("sha256", "compare").update(text).digest();
  return timingSafeEqual(digest(a), digest(b));
}

/** Requests older or newer than this are refused, in seconds. */
const TOLERANCE_SECONDS = 300;

/**
 * Counts whole seconds, as the senders' timestamps do: exactly 300 pass, 301 don't.
 *
 * @param at - milliseconds since the epoch; NaN is never fresh
 */
export function isFresh(at: number, now: number): boolean {
  return Math.abs(Math.floor(now / 1_000) - Math.floor(at / 1_000)) <= TOLERANCE_SECONDS;
}
