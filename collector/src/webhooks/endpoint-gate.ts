import { setMaxListeners } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import {
  createLane,
  hasPlace,
  isHeldByUnwritten,
  type Lane,
  type LaneOutcome,
  learn,
  type Pace,
  roomOf,
} from "./lane.ts";

/**
 * How many deliveries each endpoint may have: one at a time at first and while it fails, more while
 * it answers well and others wait. So a dead or slow endpoint costs next to nothing, and the others
 * don't notice it. An answer holds its place until it is written down: what a killed process sends
 * twice is never more than what it had under way and unwritten, and one where it sent one at a time.
 */
export interface EndpointGate {
  /** How many more to claim, of the endpoints that had a delivery before. */
  rooms(now: number): Map<string, number>;
  /** A delivery was claimed. */
  claim(endpointId: string, pace: Pace): void;
  /** Whether an endpoint that had more to claim than it had room for has room again. */
  isHungry(now: number): boolean;
  /** Waits for the delivery's turn; false when it shall not be sent now, because others failed. */
  enter(endpointId: string): Promise<boolean>;
  /**
   * After a turn, or instead of one.
   *
   * @returns whether the next delivery waits only until this one is {@link written}
   */
  leave(endpointId: string, outcome: LaneOutcome): boolean;
  /** After {@link leave}, when it is written down. */
  written(endpointId: string): void;
  /** After no turn. */
  drop(endpointId: string): void;
  /** Nobody gets a turn any more; who waits for one is told so. */
  close(): void;
  claimed(): number;
}

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
    leave(endpointId, outcome) {
      const lane = laneOf(endpointId);
      lane.sending--;
      lane.unwritten++;
      learn(lane, outcome);
      if (outcome.isGood) callNext(lane);
      else for (const resolve of lane.waiting.splice(0)) resolve(false);
      return lane.waiting.length > 0 && isHeldByUnwritten(lane);
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
