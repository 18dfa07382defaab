/** Most deliveries of one endpoint under way at once. */
export const MAX_SENDING = 32;
/** How many to claim of an endpoint that nothing is known of. */
export const DEFAULT_ROOM = 4;
/** Most that this process holds of one endpoint, under way or waiting for their turn. */
const MAX_CLAIMED = 512;
/** What is claimed ahead is about so much work, in milliseconds; far below a lease. */
const AHEAD_MS = 1_000;
const FIRST_PAUSE_MS = 200;
const MAX_PAUSE_MS = 30_000;
/** Weight of the newest answer in the mean duration. */
const FRESHNESS = 0.1;
/**
 * Good answers of so long in all, in milliseconds, double what may be under way. So the first messages
 * go out one at a time, 64 to a quick receiver and as many as ten seconds hold to a slow one, and a
 * long queue has all its places after five doublings: 320 quick answers, or 20 seconds.
 */
const DOUBLE_AFTER_MS = 10_000;
/** An answer counts for so long at least, in milliseconds: 64 quick ones are enough as well. */
const LEAST_MS = DOUBLE_AFTER_MS / 64;
/** Answers that are not written down yet hold a place too, so many for each that may be under way. */
const UNWRITTEN_PER_SENDING = 1;

/** What an endpoint's owner allows one process. */
export interface Pace {
  /** 1 to {@link MAX_SENDING}. */
  maxConcurrent: number;
  /** Null: as many as it takes. */
  maxPerSecond: number | null;
}

/** How a delivery's try ended. */
export interface LaneOutcome {
  isGood: boolean;
  durationMs: number;
  /** Milliseconds since the epoch. */
  now: number;
  /** What the receiver asked for, else 0. */
  pauseMs: number;
}

/** What one process knows of one endpoint. */
export interface Lane extends Pace {
  claimed: number;
  sending: number;
  unwritten: number;
  /** Most under way now. */
  limit: number;
  /** What good answers took since the limit changed, in milliseconds. */
  earnedMs: number;
  failures: number;
  /** Null before the first answer. */
  meanMs: number | null;
  /** Milliseconds since the epoch. */
  pausedUntil: number;
  waiting: ((isMyTurn: boolean) => void)[];
  /** How much of its room the claim before this one left over. */
  unclaimed: number;
  /** When the pace allows the next one, on the clock of `performance.now`. */
  nextAt: number;
}

export function createLane(): Lane {
  return {
    maxConcurrent: MAX_SENDING,
    maxPerSecond: null,
    claimed: 0,
    sending: 0,
    unwritten: 0,
    limit: 1,
    earnedMs: 0,
    failures: 0,
    meanMs: null,
    pausedUntil: 0,
    waiting: [],
    unclaimed: DEFAULT_ROOM,
    nextAt: 0,
  };
}

/** Whether one more may be under way. */
export function hasPlace(lane: Lane): boolean {
  return lane.sending < lane.limit && !isHeldByUnwritten(lane);
}

/** Whether one more could be under way, if only an answer were written down. */
export function isHeldByUnwritten({ sending, unwritten, limit }: Lane): boolean {
  const most = limit === 1 ? 1 : limit * (1 + UNWRITTEN_PER_SENDING);
  return sending < limit && sending + unwritten >= most;
}

/** Learns from an answer. Only a lane that others wait in gets more places. */
export function learn(lane: Lane, { isGood, durationMs, now, pauseMs }: LaneOutcome): void {
  const meanMs = lane.meanMs ?? durationMs;
  lane.meanMs = meanMs + FRESHNESS * (durationMs - meanMs);
  if (!isGood) {
    const backOff = Math.min(MAX_PAUSE_MS, FIRST_PAUSE_MS * 2 ** Math.min(lane.failures, 10));
    lane.failures++;
    lane.limit = 1;
    lane.earnedMs = 0;
    lane.pausedUntil = now + Math.max(backOff, pauseMs);
    return;
  }
  lane.failures = 0;
  lane.pausedUntil = 0;
  if (lane.waiting.length === 0) return;
  lane.earnedMs += Math.max(durationMs, LEAST_MS);
  if (lane.earnedMs < DOUBLE_AFTER_MS) return;
  lane.limit = Math.min(MAX_SENDING, lane.maxConcurrent, lane.limit * 2);
  lane.earnedMs = 0;
}

/**
 * How many more to claim. Claims come in lots: a statement for every delivery that ends would cost
 * more than it brings.
 */
export function roomOf({ failures, limit, meanMs, claimed, maxPerSecond }: Lane): number {
  if (failures > 0) return Math.max(0, 1 - claimed);
  const ahead = Math.ceil((limit * AHEAD_MS) / Math.max(1, meanMs ?? AHEAD_MS));
  const paced = maxPerSecond === null ? ahead : Math.ceil((maxPerSecond * AHEAD_MS) / 1_000);
  const most = Math.max(limit, DEFAULT_ROOM, Math.min(MAX_CLAIMED, ahead, paced));
  return claimed <= most / 2 ? most - claimed : 0;
}
