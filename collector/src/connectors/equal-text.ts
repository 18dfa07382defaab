import { createHmac, timingSafeEqual } from "node:crypto";

/** Compares without telling by its duration how much was right. */
export function isEqualText(a: string, b: string): boolean {
  const digest = (text: string) => createHmac("sha256", "compare").update(text).digest();
  return timingSafeEqual(digest(a), digest(b));
}

/** Requests older or newer than this are refused, in milliseconds. */
const TOLERANCE_MS = 300_000;

/** @param at - milliseconds since the epoch; NaN is never fresh */
export function isFresh(at: number, now: number): boolean {
  return Math.abs(now - at) <= TOLERANCE_MS;
}
