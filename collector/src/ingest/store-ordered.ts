import type { Sql } from "../db/client.ts";
import { applyFacts, hasFacts } from "./apply-facts.ts";
import type { StoreGroup } from "./event-writer.ts";
import type { NewEvent } from "./new-event.ts";
import { insertEvents, lockIdentities } from "./queries.ts";
import { resolveIdentities } from "./resolve-identities.ts";
import type { SeenCache } from "./seen-cache.ts";
import { orderEvents, retryDeadlock, toVerdicts } from "./store-plain.ts";

/** Whether an event must wait its turn: it changes who is who, or leans on it. */
export function needsOrder(event: NewEvent): boolean {
  return event.accountId === "" || event.userId === "" || hasFacts(event);
}

/**
 * Stores events that change who is who, or that do not name their account and user. One such
 * group at a time a project, across all processes: otherwise a message could miss the account
 * that its user joins in the same moment.
 */
export function createOrderedStore(sql: Sql, seen: SeenCache, clock: () => number): StoreGroup {
  return (incoming) =>
    retryDeadlock(async () => {
      const nowMs = clock();
      const now = new Date(nowMs).toISOString();
      const events = incoming.map((event) => ({ ...event }));
      const projectIds = [...new Set(events.map((event) => event.projectId))].sort();
      const { isKept, storedIds, selected } = await sql.begin(async (tx) => {
        for (const projectId of projectIds) {
          await lockIdentities(tx, projectId);
          const ofProject = events.filter((event) => event.projectId === projectId);
          await resolveIdentities(tx, projectId, ofProject);
        }
        const ordered = orderEvents(events);
        const toNote = seen.select(ordered.events);
        const stored = await insertEvents(tx, { events: ordered.events, ...toNote, now });
        for (const event of events.filter((one, index) =>
          isNew(one, ordered.isKept[index], stored),
        )) {
          if (hasFacts(event)) await applyFacts(tx, event, now);
        }
        return { isKept: ordered.isKept, storedIds: stored, selected: toNote };
      });
      seen.remember(selected);
      return toVerdicts(incoming, isKept, storedIds);
    });
}

function isNew(event: NewEvent, isKept: boolean | undefined, stored: Set<string>): boolean {
  return isKept === true && stored.has(event.eventId);
}
