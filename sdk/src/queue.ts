import { MAX_MESSAGE_BYTES } from "@telltale/protocol";
import type { Store } from "./browser/storage.ts";
import type { Drops } from "./drops.ts";

/** Most events that wait for delivery. */
const MAX_EVENTS = 1_000;
/** Most bytes that wait for delivery. */
const MAX_BYTES = 512_000;
/** Longest time that an event waits, in milliseconds. */
const MAX_AGE_MS = 7 * 86_400_000;
/** First letter of the keys that hold events. */
const KEY_MARK = "q";

/** Events that go out together. */
export interface QueuedBatch {
  keys: string[];
  /** JSON texts of the messages, oldest first. */
  texts: string[];
  /** Whose events these are, see {@link Queue.add}. */
  person: string;
}

/** The backlog: one key of the store per event, so that tabs never overwrite each other. */
export interface Queue {
  /**
   * Adds an event. It is in the store when the current task ends.
   *
   * @param text - the message as JSON
   * @param person - whose event it is, a short tag; a batch never mixes persons
   */
  add(text: string, person: string): void;
  /** Writes down what was added in this task. */
  save(): void;
  /**
   * The oldest events of one person, up to a size; null when there are none.
   *
   * @param maxBytes - bound of the texts together
   * @param isWanted - tells by key which events are up for it; absent: all, of all tabs
   */
  take(maxBytes: number, isWanted?: (key: string) => boolean): QueuedBatch | null;
  /** Whether an event was added by this page. */
  isOwn(key: string): boolean;
  /** Removes events for good. */
  remove(keys: string[]): void;
  /** Forgets what it knew, after the store was wiped. */
  forget(): void;
  /** Whether there was anything at the last look. */
  isEmpty(): boolean;
}

interface Entry {
  key: string;
  bytes: number;
  person: string;
}

const byteLength = (text: string) => new TextEncoder().encode(text).length;

/** Creates the backlog over what earlier pages and other tabs left in the store. */
export function createQueue(store: Store, drops: Drops): Queue {
  const tab = Math.random().toString(36).slice(2, 6);
  let entries: Entry[] | undefined;
  let bytes = 0;
  let counter = 1_679_616;
  let added: [text: string, person: string][] = [];

  const look = (): Entry[] => {
    bytes = 0;
    return store
      .keys()
      .filter((key) => key[0] === KEY_MARK)
      .sort()
      .map((key) => {
        const [, size, person] = key.split(".");
        const entry = { key, bytes: Number(size) || 0, person: person ?? "" };
        bytes += entry.bytes;
        return entry;
      });
  };

  const dropOldest = (reason: "queue_full" | "expired") => {
    const oldest = entries!.shift()!;
    bytes -= oldest.bytes;
    if (store.get(oldest.key) !== null) drops.count(reason);
    store.remove(oldest.key);
  };

  const save = () => {
    entries ??= look();
    const texts = added;
    added = [];
    for (const [text, person] of texts) {
      const size = byteLength(text);
      if (size > MAX_MESSAGE_BYTES) {
        drops.count("too_large");
        continue;
      }
      const order = (counter++).toString(36);
      const key = `${KEY_MARK}${Date.now().toString(36)}${tab}${order}.${size}.${person}`;
      store.set(key, text);
      entries.push({ key, bytes: size, person });
      bytes += size;
    }
    while (entries.length > MAX_EVENTS || bytes > MAX_BYTES) dropOldest("queue_full");
    drops.read();
  };

  return {
    add(text, person) {
      added.push([text, person]);
    },
    save,
    take(maxBytes, isWanted = () => true) {
      save();
      entries = look();
      const oldestKept = KEY_MARK + (Date.now() - MAX_AGE_MS).toString(36);
      while (entries[0] && entries[0].key < oldestKept) dropOldest("expired");
      drops.read();
      const wanted = entries.filter((entry) => isWanted(entry.key));
      const batch: QueuedBatch = { keys: [], texts: [], person: wanted[0]?.person ?? "" };
      let size = 0;
      for (const entry of wanted) {
        size += entry.bytes + 1;
        if (size > maxBytes || entry.person !== batch.person) break;
        const text = store.get(entry.key);
        batch.keys.push(entry.key);
        if (text) batch.texts.push(text);
      }
      return batch.keys[0] ? batch : null;
    },
    remove(keys) {
      const gone = new Set(keys);
      keys.forEach(store.remove);
      entries = entries!.filter((entry) => {
        if (!gone.has(entry.key)) return true;
        bytes -= entry.bytes;
        return false;
      });
    },
    isOwn: (key) => key.includes(tab),
    forget() {
      entries = undefined;
      added = [];
    },
    isEmpty: () => !entries?.[0] && !added[0],
  };
}
