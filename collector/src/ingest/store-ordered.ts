import { applyFacts } from "./apply-facts.ts";
import type { StoreGroup } from "./event-writer.ts";
import { hasFacts } from "./has-facts.ts";
import { insertEvents } from "./insert-events.ts";
import type { NewEvent } from "./new-event.ts";
import { lockIdentities } from "./queries.ts";
import { resolveIdentities } from "./resolve-identities.ts";
import { createExactRunner, type ExactDeps } from "./run-exactly.ts";
import { orderEvents, toVerdicts } from "./store-plain.ts";

/** Whether an event must wait its turn: it changes who is who, or leans on it. */
export function needsOrder(event: NewEvent): boolean {
  return event.accountId === "" || event.userId === "" || hasFacts(event);
}

/** What is said of accounts and users later on locks their rows: they have their turn before the queue. */
const changesProfile = ({ type }: NewEvent): boolean => type === "identify" || type === "group";

/**
 * Stores events that change who is who, or that do not name their account and user. One such
 * group at a time a project, across all processes: otherwise a message could miss the account
 * that its user joins in the same moment.
 */
export function createOrderedStore(deps: ExactDeps): StoreGroup {
  const { seen, days, clock } = deps;
  const runExactly = createExactRunner(deps);
  const select = (events: NewEvent[]) => seen.select(events, changesProfile);
  return async (incoming) => {
    const now = new Date(clock()).toISOString();
    const projectIds = [...new Set(incoming.map((event) => event.projectId))].sort();
    const { ordered, exceptions, noted } = await runExactly(incoming, async (tx) => {
      const events = incoming.map((event) => ({ ...event }));
      const ordered = orderEvents(events);
      for (const projectId of projectIds) {
        await lockIdentities(tx, projectId);
        const ofProject = events.filter((event) => event.projectId === projectId);
        await resolveIdentities(tx, projectId, ofProject);
      }
      const inserted = await insertEvents(tx, { events: ordered.events, days, select, now });
      const told = inArrivalOrder(events, ordered.places, inserted.exceptions).filter(hasFacts);
      for (const projectId of projectIds) {
        const ofProject = told.filter((event) => event.projectId === projectId);
        if (ofProject.length > 0) await applyFacts(tx, { projectId, now }, ofProject);
      }
      return { ordered, ...inserted };
    });
    seen.remember(noted);
    return toVerdicts(incoming, ordered, exceptions);
  };
}

/** The events that were stored now, as they came in. */
function inArrivalOrder(
  events: NewEvent[],
  places: number[],
  unstored: Map<number, unknown>,
): NewEvent[] {
  return places
    .filter((_, position) => !unstored.has(position))
    .sort((a, b) => a - b)
    .map((place) => events[place] as NewEvent);
}
