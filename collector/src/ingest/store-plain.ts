import type { Sql } from "../db/client.ts";
import type { StoreGroup } from "./event-writer.ts";
import type { EventVerdict, NewEvent } from "./new-event.ts";
import { type EventGroup, insertEvents } from "./queries.ts";
import type { SeenCache } from "./seen-cache.ts";

const DEADLOCK = "40P01";
const MAX_TRIES = 3;

/** The events of a group in key order, each once, and where each came from. */
interface Ordered {
  events: NewEvent[];
  /** Of each incoming event: whether it is the one that was kept. */
  isKept: boolean[];
}

/** Puts a group into key order and keeps the first of events with one id. */
export function orderEvents(incoming: NewEvent[]): Ordered {
  const kept = new Set<string>();
  const isKept = incoming.map((event) => {
    const key = `${event.projectId} ${event.messageHash ?? event.eventId}`;
    if (kept.has(key)) return false;
    kept.add(key);
    return true;
  });
  const events = incoming.filter((_, index) => isKept[index]);
  events.sort((a, b) =>
    a.projectId === b.projectId
      ? a.eventId < b.eventId
        ? -1
        : 1
      : a.projectId < b.projectId
        ? -1
        : 1,
  );
  return { events, isKept };
}

export function toVerdicts(
  incoming: NewEvent[],
  isKept: boolean[],
  storedIds: Set<string>,
): EventVerdict[] {
  return incoming.map((event, index) =>
    isKept[index] && storedIds.has(event.eventId) ? "stored" : "duplicate",
  );
}

/** Runs a statement again when Postgres chose it as the victim of a deadlock. */
export async function retryDeadlock<T>(run: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await run();
    } catch (error) {
      if ((error as { code?: unknown }).code !== DEADLOCK || tries === MAX_TRIES) throw error;
    }
  }
}

/** Stores events that name their account and user and change nothing else: one statement. */
export function createPlainStore(sql: Sql, seen: SeenCache, clock: () => number): StoreGroup {
  return async (incoming) => {
    const nowMs = clock();
    const { events, isKept } = orderEvents(incoming);
    const selected = seen.select(events);
    const group: EventGroup = { events, ...selected, now: new Date(nowMs).toISOString() };
    const storedIds = await retryDeadlock(() => insertEvents(sql, group));
    seen.remember(selected);
    return toVerdicts(incoming, isKept, storedIds);
  };
}
