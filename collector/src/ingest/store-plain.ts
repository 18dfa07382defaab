import type { StoreGroup } from "./event-writer.ts";
import { insertEvents } from "./insert-events.ts";
import type { EventVerdict, NewEvent } from "./new-event.ts";
import { createExactRunner, type ExactDeps } from "./run-exactly.ts";

/** The events of a group in key order, each once, and where each came from. */
export interface OrderedEvents {
  events: NewEvent[];
  /** Of each of them: its place in the incoming group. */
  places: number[];
}

/** Puts a group into key order and keeps the first of events with one id. */
export function orderEvents(incoming: NewEvent[]): OrderedEvents {
  const kept = new Map<string, Set<string>>();
  const places: number[] = [];
  for (let place = 0; place < incoming.length; place += 1) {
    const { projectId, messageHash, eventId } = incoming[place] as NewEvent;
    // Two looks cost less than making one key of both.
    let ofProject = kept.get(projectId);
    if (!ofProject) {
      ofProject = new Set();
      kept.set(projectId, ofProject);
    }
    const key = messageHash ?? eventId;
    if (ofProject.has(key)) continue;
    ofProject.add(key);
    places.push(place);
  }
  places.sort((a, b) => compareKeys(incoming[a] as NewEvent, incoming[b] as NewEvent));
  return { events: places.map((place) => incoming[place] as NewEvent), places };
}

function compareKeys(a: NewEvent, b: NewEvent): number {
  if (a.projectId !== b.projectId) return a.projectId < b.projectId ? -1 : 1;
  return a.eventId < b.eventId ? -1 : 1;
}

/** @returns of each incoming event what became of it */
export function toVerdicts(
  incoming: NewEvent[],
  ordered: OrderedEvents,
  exceptions: Map<number, EventVerdict>,
): EventVerdict[] {
  const verdicts = new Array<EventVerdict>(incoming.length).fill("duplicate");
  for (const [position, place] of ordered.places.entries()) {
    verdicts[place] = exceptions.get(position) ?? "stored";
  }
  return verdicts;
}

/** Stores events that name their account and user and change nothing else. */
export function createPlainStore(deps: ExactDeps): StoreGroup {
  const { seen, days, clock } = deps;
  const runExactly = createExactRunner(deps);
  return async (incoming) => {
    const ordered = orderEvents(incoming);
    const { events } = ordered;
    const now = new Date(clock()).toISOString();
    const { exceptions, noted } = await runExactly(events, (tx) =>
      insertEvents(tx, { events, days, select: seen.select, now }),
    );
    seen.remember(noted);
    return toVerdicts(incoming, ordered, exceptions);
  };
}
