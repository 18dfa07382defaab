const DAY_MS = 86_400_000;
/** A browser's event may be this old after correction: the SDK gives up after 7 days. */
const MAX_AGE_MS = 7 * DAY_MS;
const MAX_AHEAD_MS = 10 * 60_000;
/** Below this, `sentAt` and our clock differ by network time only. */
const SKEW_NOISE_MS = 2_000;

/** What is known of a request's clocks. */
interface Arrival {
  /** When the sender says it sent the batch, milliseconds since the epoch. */
  sentAtMs: number | undefined;
  receivedAtMs: number;
  /** Secret keys import history; their clocks are trusted. */
  isImport: boolean;
}

export interface OccurredAt {
  ms: number;
  /** True when the time was out of bounds and the nearest allowed one was taken. */
  isClamped: boolean;
}

/**
 * When an event happened, by our clock. A browser's clock may be hours or years off, but its
 * difference between sending and happening is right: received − (sent − happened), as Segment and
 * PostHog correct it. The result is kept within 7 days before and 10 minutes after its arrival.
 *
 * @param timestampMs - what the message says, milliseconds since the epoch; absent: now
 */
export function findOccurredAt(timestampMs: number | undefined, arrival: Arrival): OccurredAt {
  const { sentAtMs, receivedAtMs, isImport } = arrival;
  if (timestampMs === undefined) return { ms: receivedAtMs, isClamped: false };
  let ms = timestampMs;
  if (!isImport && sentAtMs !== undefined) {
    const skewMs = receivedAtMs - sentAtMs;
    if (Math.abs(skewMs) > SKEW_NOISE_MS) ms = timestampMs + skewMs;
  }
  const latest = receivedAtMs + MAX_AHEAD_MS;
  if (ms > latest) return { ms: receivedAtMs, isClamped: true };
  const earliest = findEarliest(arrival);
  if (ms < earliest) return { ms: earliest, isClamped: true };
  return { ms, isClamped: false };
}

/** Nothing that arrives happened before, by our clock: in milliseconds since the epoch. */
export function findEarliest({ receivedAtMs, isImport }: Omit<Arrival, "sentAtMs">): number {
  return isImport ? Number.NEGATIVE_INFINITY : receivedAtMs - MAX_AGE_MS;
}
