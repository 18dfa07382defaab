import type { DropReason } from "@telltale/protocol";
import { readObject, type Store } from "./browser/storage.ts";

/** How many events were given up, by reason. */
export type DropCounts = { [reason in DropReason]?: number };

const DROPS_KEY = "d";

/** Counts the events that had to be given up, until the collector has been told. */
export interface Drops {
  /** Adds to a count; less than none takes off what the collector knows by now. */
  count(reason: DropReason, events?: number): void;
  /** Writes the new counts down, and gives them together with those of other tabs. */
  read(): DropCounts;
}

/** Creates the counter over the counts that earlier pages left in the store. */
export function createDrops(store: Store): Drops {
  let unsaved: DropCounts | undefined;
  return {
    count(reason, events = 1) {
      unsaved ??= {};
      unsaved[reason] = (unsaved[reason] ?? 0) + events;
    },
    read() {
      const counts = readObject<{ [reason: string]: number | undefined }>(store, DROPS_KEY);
      if (unsaved) {
        for (const [reason, events] of Object.entries(unsaved)) {
          counts[reason] = (counts[reason] ?? 0) + events || undefined;
        }
        unsaved = undefined;
        store.set(DROPS_KEY, JSON.stringify(counts));
      }
      return counts as DropCounts;
    },
  };
}
