import { MAX_BEACON_BYTES, MAX_MESSAGE_BYTES } from "@telltale/protocol";
import { attempt } from "./browser/attempt.ts";
import type { Store } from "./browser/storage.ts";
import type { VisitorRecord } from "./visitor.ts";

/** Most events that wait for delivery; between two looks there may be a few more. */
const MAX_EVENTS = 1_000;
/** Most bytes that wait for delivery. */
const MAX_BYTES = 512_000;
/** Longest time that an event waits, in milliseconds. */
const MAX_AGE_MS = 7 * 86_400_000;
/** Most bytes under one key, but for an event that is larger: no write takes long. */
const MAX_BUNCH_BYTES = 10_000;

/** Most bytes in one batch: a body less what surrounds the messages. */
const MAX_BATCH_BYTES = MAX_BEACON_BYTES - 2_000;
/** After so many writes the limits are looked after, which costs a pass over the backlog. */
const WRITES_PER_LOOK = 16;

/** Events that go out together. */
export interface QueuedBatch {
  keys: string[];
  /** JSON texts of the messages, oldest first, each text with commas between its messages. */
  texts: string[];
  /** How many events these are. */
  events: number;
  /** Whose events these are, see {@link Queue.add}. */
  whose?: number;
  /** Whether others wait that did not fit, or are of another person. */
  hasMore?: boolean;
}

/**
 * The backlog: one key of the store for the events of one task, so that tabs never overwrite each
 * other and no write grows with the backlog. A key is a UUID of version 7, which
 * sorts by time, then `.bytes.person.events`.
 */
export interface Queue {
  /**
   * Writes events down.
   *
   * @param texts - the messages as JSON, oldest first
   * @param person - whose events they are; a batch never mixes persons
   */
  add(texts: string[], person: number): void;
  /**
   * The oldest events of one person, as many as fit a body; undefined when there are none.
   *
   * @param after - a key or id; only later events are up for it
   */
  take(after: string): QueuedBatch | undefined;
}

const factsOf = (key: string) => key.split(".").map(Number) as [number, number, number, number];

/** Creates the backlog over what earlier pages and other tabs left in the store. */
export function createQueue(
  store: Store,
  visitors: VisitorRecord,
  createId: (now: number) => string,
): Queue {
  let writes = 0;

  /** All keys, oldest first, once what is too old or too much has been dropped. */
  const look = () => {
    const oldest = createId(Date.now() - MAX_AGE_MS);
    let allBytes = 0;
    let allEvents = 0;
    const isKept = (key: string) => {
      const [, bytes, , events] = factsOf(key);
      allBytes += bytes;
      allEvents += events;
      if (key > oldest && allBytes <= MAX_BYTES && allEvents <= MAX_EVENTS) return true;
      visitors.drop(key > oldest ? "queue_full" : "expired", events);
      store.remove(key);
      return false;
    };
    const keys = store.keys().filter((key) => key.split(".")[3]);
    return keys.sort().reverse().filter(isKept).reverse();
  };

  const add = (texts: string[], person: number) => {
    const text = texts.join();
    const bytes = new TextEncoder().encode(text).length + 1;
    if (texts[1] && bytes > MAX_BUNCH_BYTES) {
      const later = texts.splice(texts.length / 2);
      add(texts, person);
      add(later, person);
    } else if (bytes > MAX_MESSAGE_BYTES) visitors.drop("too_large");
    else if (text) {
      store.set(`${createId(Date.now())}.${bytes}.${person}.${texts.length}`, text);
      if (!(++writes % WRITES_PER_LOOK)) look();
    }
  };

  return {
    add,
    take(after) {
      const batch: QueuedBatch = { keys: [], texts: [], events: 0 };
      let allBytes = 0;
      for (const key of look()) {
        const [, bytes, person, events] = factsOf(key);
        if (key <= after) continue;
        batch.whose ??= person;
        allBytes += bytes;
        batch.hasMore = allBytes > MAX_BATCH_BYTES || person !== batch.whose;
        if (batch.hasMore) break;
        batch.keys.push(key);
        batch.events += events;
        // A damaged text would spoil the whole batch.
        const text = store.get(key)!;
        if (attempt(() => JSON.parse(`[${text}]`))) batch.texts.push(text);
      }
      return (batch.keys[0] && batch) as QueuedBatch | undefined;
    },
  };
}
