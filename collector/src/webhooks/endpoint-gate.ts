/** Most deliveries of one endpoint under way at once. */
const MAX_SENDING = 32;
/** Most that this process holds of one endpoint, under way or waiting for their turn. */
const MAX_CLAIMED = 512;
/** What is claimed ahead is about so much work, in milliseconds; far below a lease. */
const AHEAD_MS = 1_000;
const FIRST_PAUSE_MS = 200;
const MAX_PAUSE_MS = 30_000;
/** Weight of the newest answer in the mean duration. */
const FRESHNESS = 0.1;

interface Lane {
  claimed: number;
  sending: number;
  limit: number;
  failures: number;
  /** Null before the first answer. */
  meanMs: number | null;
  /** Milliseconds since the epoch. */
  pausedUntil: number;
  waiting: ((isMyTurn: boolean) => void)[];
  /** How much of its room the claim before this one left over. */
  unclaimed: number;
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
 * don't notice it.
 */
export interface EndpointGate {
  /** How many more to claim, of the endpoints that are not at {@link DEFAULT_ROOM}. */
  rooms(now: number): Map<string, number>;
  /** A delivery was claimed. */
  claim(endpointId: string): void;
  /** Whether an endpoint that had more to claim than it had room for has room again. */
  isHungry(now: number): boolean;
  /** Waits for the delivery's turn; false when it shall not be sent now, because others failed. */
  enter(endpointId: string): Promise<boolean>;
  /** After a turn. */
  leave(endpointId: string, outcome: LaneOutcome): void;
  /** After no turn. */
  drop(endpointId: string): void;
  claimed(): number;
}

/** How many to claim of an endpoint that the gate knows nothing of. */
export const DEFAULT_ROOM = 4;

/** Builds the gate of one process. */
export function createEndpointGate(): EndpointGate {
  const lanes = new Map<string, Lane>();
  let total = 0;

  function laneOf(endpointId: string): Lane {
    const known = lanes.get(endpointId);
    if (known) return known;
    const lane: Lane = {
      claimed: 0,
      sending: 0,
      limit: DEFAULT_ROOM,
      failures: 0,
      meanMs: null,
      pausedUntil: 0,
      waiting: [],
      unclaimed: DEFAULT_ROOM,
    };
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
    claim(endpointId) {
      const lane = laneOf(endpointId);
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
      const lane = laneOf(endpointId);
      if (lane.sending < lane.limit) {
        lane.sending++;
        return true;
      }
      return new Promise((resolve) => lane.waiting.push(resolve));
    },
    leave(endpointId, { isGood, durationMs, now, pauseMs }) {
      const lane = laneOf(endpointId);
      lane.claimed--;
      lane.sending--;
      total--;
      const meanMs = lane.meanMs ?? durationMs;
      lane.meanMs = meanMs + FRESHNESS * (durationMs - meanMs);
      if (isGood) {
        lane.failures = 0;
        lane.pausedUntil = 0;
        lane.limit = Math.min(MAX_SENDING, lane.limit + 1);
        while (lane.sending < lane.limit && lane.waiting.length > 0) {
          lane.sending++;
          lane.waiting.shift()?.(true);
        }
        return;
      }
      const backOff = Math.min(MAX_PAUSE_MS, FIRST_PAUSE_MS * 2 ** Math.min(lane.failures, 10));
      lane.failures++;
      lane.limit = 1;
      lane.pausedUntil = now + Math.max(backOff, pauseMs);
      for (const resolve of lane.waiting.splice(0)) resolve(false);
    },
    drop(endpointId) {
      laneOf(endpointId).claimed--;
      total--;
    },
    claimed: () => total,
  };
}

/** Claims come in lots: a statement for every delivery that ends would cost more than it brings. */
function roomOf({ failures, limit, meanMs, claimed }: Lane): number {
  if (failures > 0) return Math.max(0, 1 - claimed);
  const ahead = Math.min(
    MAX_CLAIMED,
    Math.ceil((limit * AHEAD_MS) / Math.max(1, meanMs ?? AHEAD_MS)),
  );
  const most = Math.max(limit, ahead);
  return claimed <= most / 2 ? most - claimed : 0;
}
