import type { BatchResponse } from "@telltale/protocol";
import type { Sql } from "../db/client.ts";
import { type Arrivals, addArrivals } from "./arrival-queries.ts";
import { createPeriodicSums } from "./periodic-sums.ts";

/** Counts what arrives, for the page about data. */
export interface ArrivalCounts {
  /** @param dropped - what the SDK says that it gave up, by reason */
  note(
    projectId: string,
    recorded: Pick<BatchResponse, "accepted" | "duplicates" | "rejected">,
    dropped: Readonly<Record<string, number>>,
  ): void;
  /** Writes what was counted since the last time. */
  flush(): Promise<void>;
  /** Writes for the last time. */
  stop(): Promise<void>;
}

const EVERY_MS = 10_000;
/** Anybody with the public key can claim anything; one batch may claim so much. */
const MOST_DROPPED = 10_000;

const DAY_MS = 86_400_000;

const count = (claimed: unknown): number =>
  typeof claimed === "number" && claimed > 0 ? Math.min(Math.floor(claimed), MOST_DROPPED) : 0;

/**
 * Sums in memory, written every ten seconds: a line a day and project. A process that dies loses the
 * last ten seconds of its counts, and of nothing else.
 */
export function createArrivalCounts(
  sql: Sql,
  clock: () => number,
  onFault: (error: unknown) => void,
): ArrivalCounts {
  const { add, flush, stop } = createPeriodicSums<Arrivals>({
    everyMs: EVERY_MS,
    keyOf: ({ projectId, day }) => `${projectId} ${day}`,
    addTo(sum, row) {
      sum.stored += row.stored;
      sum.duplicates += row.duplicates;
      sum.rejected += row.rejected;
      sum.blocked += row.blocked;
      sum.dropped += row.dropped;
    },
    write: (rows) => addArrivals(sql, rows),
    onFault,
  });
  let dayNumber = Number.NaN;
  let day = "";

  /** The calendar day in UTC, made once a day. */
  function today(): string {
    const number = Math.floor(clock() / DAY_MS);
    if (number !== dayNumber) {
      dayNumber = number;
      day = new Date(number * DAY_MS).toISOString().slice(0, 10);
    }
    return day;
  }

  return {
    note(projectId, { accepted, duplicates, rejected }, dropped) {
      const { blocked, rejected: _, ...others } = dropped;
      add({
        projectId,
        day: today(),
        stored: accepted,
        duplicates,
        rejected: rejected.length,
        blocked: count(blocked),
        // What we refused is counted above.
        dropped: Object.values(others).reduce((sum, one) => sum + count(one), 0),
      });
    },
    flush,
    stop,
  };
}
