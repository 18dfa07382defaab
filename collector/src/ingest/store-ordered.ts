import type { Sql } from "../db/client.ts";
import { retryDeadlock } from "../db/retry-deadlock.ts";
import { applyFacts } from "./apply-facts.ts";
import type { StoreGroup } from "./event-writer.ts";
import { hasFacts } from "./has-facts.ts";
import { insertEvents } from "./insert-events.ts";
import type { NewEvent } from "./new-event.ts";
import { lockIdentities } from "./queries.ts";
import { resolveIdentities } from "./resolve-identities.ts";
import type { SeenCache } from "./seen-cache.ts";
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
export function createOrderedStore(sql: Sql, seen: SeenCache, clock: () => number): StoreGroup {
  return (incoming) =>
    retryDeadlock(async () => {
      const now = new Date(clock()).toISOString();
      const events = incoming.map((event) => ({ ...event }));
      const projectIds = [...new Set(events.map((event) => event.projectId))].sort();
      const ordered = orderEvents(events);
      const { exceptions, selected } = await sql.begin(async (tx) => {
        for (const projectId of projectIds) {
          await lockIdentities(tx, projectId);
          const ofProject = events.filter((event) => event.projectId === projectId);
          await resolveIdentities(tx, projectId, ofProject);
        }
        const toNote = seen.select(ordered.events, changesProfile);
        const unstored = await insertEvents(tx, { events: ordered.events, ...toNote, now });
        const told = inArrivalOrder(events, ordered.places, unstored).filter(hasFacts);
        for (const projectId of projectIds) {
          const ofProject = told.filter((event) => event.projectId === projectId);
          if (ofProject.length > 0) await applyFacts(tx, { projectId, now }, ofProject);
        }
        return { exceptions: unstored, selected: toNote };
      });
      seen.remember(selected);
      return toVerdicts(incoming, ordered, exceptions);
    });
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
