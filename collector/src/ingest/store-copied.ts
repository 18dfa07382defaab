import type { BulkPool } from "../db/bulk-pool.ts";
import type { Sql } from "../db/client.ts";
import { isNodeAway } from "../db/is-unavailable.ts";
import { toCopySteps } from "./copy-events.ts";
import { countUsage } from "./count-usage.ts";
import type { DayFinder } from "./day-finder.ts";
import type { StoreGroup } from "./event-writer.ts";
import { findRemembered } from "./insert-events.ts";
import { hasOldKey, isPastItsKey } from "./message-key.ts";
import type { NewEvent } from "./new-event.ts";
import type { SeenCache } from "./seen-cache.ts";
import { orderEvents, toVerdicts } from "./store-plain.ts";

interface CopiedStoreOptions {
  sql: Sql;
  bulk: BulkPool;
  seen: SeenCache;
  days: DayFinder;
  clock: () => number;
  /** Stores a group whatever is in it. */
  exact: StoreGroup;
}

/** Most groups that go the exact way at once after one could not be copied. */
const MAX_DETOUR = 64;
const NONE = new Map<number, never>();

/**
 * The quick way for groups of which every event is new: binary COPY, the sums made here, a round
 * trip a commit. Where that fails, for a duplicate, an erased person, or whatever else, nothing
 * was stored or the exact way finds it stored. Then that way is kept to for a while, the longer the
 * more often it is needed: a client that sends everything twice costs little.
 */
export function createCopiedStore(options: CopiedStoreOptions): StoreGroup {
  const { sql, bulk, seen, days, clock, exact } = options;
  let detour = 0;
  let nextDetour = 1;

  async function copy(incoming: NewEvent[]) {
    const ordered = orderEvents(incoming);
    const { events } = ordered;
    const learning = days.learn(events);
    if (learning) await learning;
    const sums = countUsage(events, days.find);
    if (!sums) throw new Error("the days were forgotten");
    const selected = seen.select(events);
    const now = new Date(clock()).toISOString();
    const { timeZoneOf } = days;
    await bulk.run(toCopySteps({ events, ...selected, now, sums, timeZoneOf }));
    seen.remember(selected);
    return toVerdicts(incoming, ordered, NONE);
  }

  return async (incoming) => {
    if (incoming.some(isPastItsKey)) return exact(incoming);
    const isKnown = incoming.some(hasOldKey) && (await findRemembered(sql, incoming)).size > 0;
    if (isKnown) return exact(incoming);
    if (detour > 0) {
      detour -= 1;
      return exact(incoming);
    }
    try {
      const verdicts = await copy(incoming);
      nextDetour = Math.max(1, nextDetour >> 1);
      return verdicts;
    } catch (error) {
      if (isNodeAway(error)) throw error;
      days.forget();
      detour = nextDetour;
      nextDetour = Math.min(MAX_DETOUR, nextDetour * 2);
      return exact(incoming);
    }
  };
}
