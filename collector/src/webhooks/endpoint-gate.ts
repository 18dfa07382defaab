const MAX_CONCURRENT = 16;
const FIRST_PAUSE_MS = 200;
const MAX_PAUSE_MS = 30_000;

interface Lane {
  running: number;
  limit: number;
  failures: number;
  /** Milliseconds since the epoch. */
  pausedUntil: number;
}

/**
 * How many deliveries each endpoint may have under way: more while it answers well, one at a time
 * and with growing pauses while it fails. So a dead or slow endpoint costs next to nothing, and
 * the others don't notice it.
 */
export interface EndpointGate {
  /** Free places of endpoints that are not at their default. */
  rooms(now: number): Map<string, number>;
  enter(endpointId: string): void;
  /** @param pauseMs - what the receiver asked for, else 0 */
  leave(endpointId: string, outcome: { isGood: boolean; now: number; pauseMs: number }): void;
  running(): number;
}

/** Free places of an endpoint that the gate knows nothing of. */
export const DEFAULT_ROOM = 4;

export function createEndpointGate(): EndpointGate {
  const lanes = new Map<string, Lane>();
  let total = 0;

  return {
    rooms(now) {
      const rooms = new Map<string, number>();
      for (const [id, lane] of lanes) {
        rooms.set(id, lane.pausedUntil > now ? 0 : Math.max(0, lane.limit - lane.running));
      }
      return rooms;
    },
    enter(endpointId) {
      const lane = lanes.get(endpointId);
      if (lane) lane.running++;
      else lanes.set(endpointId, { running: 1, limit: DEFAULT_ROOM, failures: 0, pausedUntil: 0 });
      total++;
    },
    leave(endpointId, { isGood, now, pauseMs }) {
      const lane = lanes.get(endpointId);
      total--;
      if (!lane) return;
      lane.running--;
      if (isGood) {
        lane.failures = 0;
        lane.pausedUntil = 0;
        lane.limit = Math.min(MAX_CONCURRENT, lane.limit + 1);
        return;
      }
      const backOff = Math.min(MAX_PAUSE_MS, FIRST_PAUSE_MS * 2 ** Math.min(lane.failures, 10));
      lane.failures++;
      lane.limit = 1;
      lane.pausedUntil = now + Math.max(backOff, pauseMs);
    },
    running: () => total,
  };
}
