import { setMaxListeners } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";

/** Most deliveries of one endpoint under way at once. */
export const MAX_SENDING = 32;
/** Most that this process holds of one endpoint, under way or waiting for their turn. */
const MAX_CLAIMED = 512;
/** What is claimed ahead is about so much work, in milliseconds; far below a lease. */
const AHEAD_MS = 1_000;
const FIRST_PAUSE_MS = 200;
const MAX_PAUSE_MS = 30_000;
/** Weight of the newest answer in the mean duration. */
const FRESHNESS = 0.1;
/** Answers that are not written down yet hold a place too, so many for each that may be under way. */
const UNWRITTEN_PER_SENDING = 7;

/** What an endpoint's owner allows one process. */
export interface Pace {
  /** 1 to {@link MAX_SENDING}. */
  maxConcurrent: number;
  /** Null: as many as it takes. */
  maxPerSecond: number | null;
}

interface Lane extends Pace {
  claimed: number;
  sending: number;
  unwritten: number;
  limit: number;
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

/** How a delivery's try ended. */
export interface LaneOutcome {
  isGood: boolean;
  durationMs: number;
  /** Milliseconds since the epoch. */
  now: number;
  /** What the receiver asked for, else 0. */
  pauseMs: number;
}

/**
 * How many deliveries each endpoint may have: more while it answers well, one at a time and with
 * growing pauses while it fails. So a dead or slow endpoint costs next to nothing, and the others
 * don't notice it. An answer holds its place until it is written down: what a killed process sends
 * twice is never more than what the endpoint may have under way and unwritten, and one where that
 * is one.
 */
export interface EndpointGate {
  /** How many more to claim, of the endpoints that are not at {@link DEFAULT_ROOM}. */
  rooms(now: number): Map<string, number>;
  /** A delivery was claimed. */
  claim(endpointId: string, pace: Pace): void;
  /** Whether an endpoint that had more to claim than it had room for has room again. */
  isHungry(now: number): boolean;
  /** Waits for the delivery's turn; false when it shall not be sent now, because others failed. */
  enter(endpointId: string): Promise<boolean>;
  /** After a turn, or instead of one. */
  leave(endpointId: string, outcome: LaneOutcome): void;
  /** After {@link leave}, when it is written down. */
  written(endpointId: string): void;
  /** After no turn. */
  drop(endpointId: string): void;
  /** Nobody gets a turn any more; who waits for one is told so. */
  close(): void;
  claimed(): number;
}

/** How many to claim of an endpoint that the gate knows nothing of. */
export const DEFAULT_ROOM = 4;

/** Builds the gate of one process. */
export function createEndpointGate(): EndpointGate {
  const lanes = new Map<string, Lane>();
  const closed = new AbortController();
  // Each delivery that waits for the pace listens.
  setMaxListeners(0, closed.signal);
  let total = 0;

  function laneOf(endpointId: string): Lane {
    const lane = lanes.get(endpointId) ?? createLane();
    lanes.set(endpointId, lane);
    return lane;
  }

  return {
    rooms(now) {
      const rooms = new Map<string, number>();
      for (const [id, lane] of lanes) {
        const room = lane.pausedUntil > now ? 0 : roomOf(lane);
        if (room > 0) lane.unclaimed = room;
        rooms.set(id, room);
      }
      return rooms;
    },
    claim(endpointId, { maxConcurrent, maxPerSecond }) {
      const lane = laneOf(endpointId);
      Object.assign(lane, { maxConcurrent, maxPerSecond });
      lane.limit = Math.min(lane.limit, maxConcurrent);
      lane.claimed++;
      lane.unclaimed--;
      total++;
    },
    isHungry(now) {
      for (const lane of lanes.values()) {
        if (lane.unclaimed <= 0 && lane.pausedUntil <= now && roomOf(lane) > 0) return true;
      }
      return false;
    },
    async enter(endpointId) {
      if (closed.signal.aborted) return false;
      const lane = laneOf(endpointId);
      if (hasPlace(lane)) lane.sending++;
      else if (!(await new Promise<boolean>((resolve) => lane.waiting.push(resolve)))) return false;
      if (lane.maxPerSecond === null) return true;
      const isMyTurn = await keepPace(lane, lane.maxPerSecond, closed.signal);
      if (!isMyTurn) lane.sending--;
      return isMyTurn;
    },
    leave(endpointId, { isGood, durationMs, now, pauseMs }) {
      const lane = laneOf(endpointId);
      lane.sending--;
      lane.unwritten++;
      const meanMs = lane.meanMs ?? durationMs;
      lane.meanMs = meanMs + FRESHNESS * (durationMs - meanMs);
      if (isGood) {
        lane.failures = 0;
        lane.pausedUntil = 0;
        lane.limit = Math.min(MAX_SENDING, lane.maxConcurrent, lane.limit + 1);
        return callNext(lane);
      }
      const backOff = Math.min(MAX_PAUSE_MS, FIRST_PAUSE_MS * 2 ** Math.min(lane.failures, 10));
      lane.failures++;
      lane.limit = 1;
      lane.pausedUntil = now + Math.max(backOff, pauseMs);
      for (const resolve of lane.waiting.splice(0)) resolve(false);
    },
    written(endpointId) {
      const lane = laneOf(endpointId);
      lane.unwritten--;
      lane.claimed--;
      total--;
      callNext(lane);
    },
    drop(endpointId) {
      laneOf(endpointId).claimed--;
      total--;
    },
    close() {
      closed.abort();
      for (const lane of lanes.values()) {
        for (const resolve of lane.waiting.splice(0)) resolve(false);
      }
    },
    claimed: () => total,
  };
}

function createLane(): Lane {
  return {
    maxConcurrent: MAX_SENDING,
    maxPerSecond: null,
    claimed: 0,
    sending: 0,
    unwritten: 0,
    limit: DEFAULT_ROOM,
    failures: 0,
    meanMs: null,
    pausedUntil: 0,
    waiting: [],
    unclaimed: DEFAULT_ROOM,
    nextAt: 0,
  };
}

function hasPlace({ sending, unwritten, limit }: Lane): boolean {
  const most = limit === 1 ? 1 : limit * (1 + UNWRITTEN_PER_SENDING);
  return sending < limit && sending + unwritten < most;
}

function callNext(lane: Lane): void {
  while (lane.waiting.length > 0 && hasPlace(lane)) {
    lane.sending++;
    lane.waiting.shift()?.(true);
  }
}

/** @returns false when the gate was closed meanwhile */
async function keepPace(lane: Lane, perSecond: number, signal: AbortSignal): Promise<boolean> {
  const now = performance.now();
  const waitMs = Math.max(0, lane.nextAt - now);
  lane.nextAt = Math.max(now, lane.nextAt) + 1_000 / perSecond;
  if (waitMs > 0) await sleep(waitMs, undefined, { signal }).catch(() => {});
  return !signal.aborted;
}

/** Claims come in lots: a statement for every delivery that ends would cost more than it brings. */
function roomOf({ failures, limit, meanMs, claimed, maxPerSecond }: Lane): number {
  if (failures > 0) return Math.max(0, 1 - claimed);
  const ahead = Math.ceil((limit * AHEAD_MS) / Math.max(1, meanMs ?? AHEAD_MS));
  const paced = maxPerSecond === null ? ahead : Math.ceil((maxPerSecond * AHEAD_MS) / 1_000);
  const most = Math.max(limit, Math.min(MAX_CLAIMED, ahead, paced));
  return claimed <= most / 2 ? most - claimed : 0;
}
