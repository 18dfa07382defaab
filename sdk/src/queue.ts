import { MAX_MESSAGE_BYTES } from "@telltale/protocol";
import { attempt } from "./browser/attempt.ts";
import type { Store } from "./browser/storage.ts";
import { createUuid } from "./browser/uuid.ts";
import type { VisitorRecord } from "./visitor.ts";

/** Most events that wait for delivery. */
const MAX_EVENTS = 1_000;
/** Most bytes that wait for delivery. */
const MAX_BYTES = 512_000;
/** Longest time that an event waits, in milliseconds. */
const MAX_AGE_MS = 7 * 86_400_000;

/** Events that go out together. */
export interface QueuedBatch {
  keys: string[];
  /** JSON texts of the messages, oldest first. */
  texts: string[];
  /** Whose events these are, see {@link Queue.add}. */
  person: string | undefined;
}

/**
 * The backlog: one key of the store per event, so that tabs never overwrite each other and no
 * write grows with the backlog. A key is the id, which sorts by time, then `.bytes.person`.
 */
export interface Queue {
  /**
   * Adds an event, once {@link Queue.save} is called.
   *
   * @param id - a UUID of version 7
   * @param text - the message as JSON
   * @param person - whose event it is; a batch never mixes persons
   */
  add(id: string, text: string, person: number): void;
  /** Writes down what was added. */
  save(): void;
  /**
   * The oldest events of one person, up to a size; undefined when there are none.
   *
   * @param maxBytes - bound of the texts together
   * @param after - a key or id; only later events are up for it
   */
  take(maxBytes: number, after: string): QueuedBatch | undefined;
}

const sizeOf = (key: string) => Number(key.split(".")[1]);

/** Creates the backlog over what earlier pages and other tabs left in the store. */
export function createQueue(store: Store, visitors: VisitorRecord): Queue {
  let added: [key: string, text: string][] = [];
  let keys: string[] | undefined;
  let bytes = 0;

  const look = () => {
    bytes = 0;
    keys = store
      .keys()
      .filter((key) => /\.\d+\.\d+$/.test(key))
      .sort();
    for (const key of keys) bytes += sizeOf(key);
    return keys;
  };

  const dropOldest = (reason: "queue_full" | "expired") => {
    const key = keys!.shift()!;
    bytes -= sizeOf(key);
    // Another tab may have delivered it since the last look.
    if (store.get(key)) visitors.drop(reason);
    store.remove(key);
  };

  const save = () => {
    keys ??= look();
    for (const [key, text] of added) {
      store.set(key, text);
      keys.push(key);
      bytes += sizeOf(key);
    }
    added = [];
    while (keys.length > MAX_EVENTS || bytes > MAX_BYTES) dropOldest("queue_full");
  };

  return {
    add(id, text, person) {
      const size = new TextEncoder().encode(text).length;
      if (size > MAX_MESSAGE_BYTES) visitors.drop("too_large");
      else added.push([`${id}.${size}.${person}`, text]);
    },
    save,
    take(maxBytes, after) {
      save();
      const oldest = createUuid(Date.now() - MAX_AGE_MS, 0);
      while (look()[0]! < oldest) dropOldest("expired");
      const batch: QueuedBatch = { keys: [], texts: [], person: undefined };
      for (const key of keys!) {
        const person = key.split(".")[2];
        if (key <= after) continue;
        batch.person ??= person;
        maxBytes -= sizeOf(key) + 1;
        if (maxBytes < 0 || person !== batch.person) break;
        batch.keys.push(key);
        // A damaged text would spoil the whole batch.
        const text = store.get(key)!;
        if (attempt(() => JSON.parse(text))) batch.texts.push(text);
      }
      return batch.keys[0] ? batch : undefined;
    },
  };
}
