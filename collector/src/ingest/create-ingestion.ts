import type { BulkPool } from "../db/bulk-pool.ts";
import type { Sql } from "../db/client.ts";
import { createDayFinder } from "./day-finder.ts";
import { createEventWriter, type EventWriter } from "./event-writer.ts";
import { createNameRegistry, type RegistryOptions } from "./name-registry.ts";
import type { EventVerdict, NewEvent } from "./new-event.ts";
import { createSeenCache } from "./seen-cache.ts";
import { createCopiedStore } from "./store-copied.ts";
import { createOrderedStore, needsOrder } from "./store-ordered.ts";
import { createPlainStore } from "./store-plain.ts";

export interface IngestionOptions extends Omit<RegistryOptions, "clock"> {
  /** Absent: every group goes the exact way. */
  bulk?: BulkPool | null;
}

/** Two lanes into the database: most requests share commits freely, the rest keep their order. */
export function createIngestion(
  sql: Sql,
  clock: () => number,
  { bulk, ...options }: IngestionOptions = {},
): EventWriter {
  const seen = createSeenCache();
  const registry = createNameRegistry(sql, { clock, ...options });
  const deps = { sql, seen, days: createDayFinder(sql), clock };
  const exact = createPlainStore(deps);
  const plain = createEventWriter({
    store: bulk ? createCopiedStore({ bulk, ...deps, exact }) : exact,
    // While Postgres stores one group, we make up the next, or it flushes the one before.
    concurrency: 2,
  });
  const ordered = createEventWriter({
    store: createOrderedStore(deps),
    concurrency: 1,
  });

  const writeAdmitted = (events: NewEvent[]): Promise<EventVerdict[]> =>
    (events.some(needsOrder) ? ordered : plain).write(events);

  async function writeAllBut(events: NewEvent[], refused: Set<number>): Promise<EventVerdict[]> {
    const verdicts = await writeAdmitted(events.filter((_, position) => !refused.has(position)));
    const queue = verdicts.values();
    return events.map((_, position) =>
      refused.has(position) ? "too-many-names" : (queue.next().value as EventVerdict),
    );
  }

  const writeSome = (events: NewEvent[], refused: Set<number>) =>
    refused.size === 0 ? writeAdmitted(events) : writeAllBut(events, refused);

  return {
    write(events) {
      const refused = registry.admit(events);
      if (refused instanceof Set) return writeSome(events, refused);
      return refused.then((positions) => writeSome(events, positions));
    },
    async drain() {
      await Promise.all([plain.drain(), ordered.drain()]);
    },
    get backlog() {
      return plain.backlog + ordered.backlog;
    },
    get fillShare() {
      return Math.max(plain.fillShare, ordered.fillShare);
    },
  };
}
