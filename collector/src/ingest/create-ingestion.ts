import type { Sql } from "../db/client.ts";
import { createEventWriter, type EventWriter } from "./event-writer.ts";
import { createSeenCache } from "./seen-cache.ts";
import { createOrderedStore, needsOrder } from "./store-ordered.ts";
import { createPlainStore } from "./store-plain.ts";

/** Two lanes into the database: most requests share commits freely, the rest keep their order. */
export function createIngestion(sql: Sql, clock: () => number): EventWriter {
  const seen = createSeenCache();
  const plain = createEventWriter({ store: createPlainStore(sql, seen, clock), concurrency: 2 });
  const ordered = createEventWriter({
    store: createOrderedStore(sql, seen, clock),
    concurrency: 1,
  });
  return {
    write: (events) => (events.some(needsOrder) ? ordered : plain).write(events),
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
