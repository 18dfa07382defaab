import type { DropReason } from "@telltale/protocol";
import type { Store } from "./browser/storage.ts";
import { parseStored } from "./parse.ts";

/** How many events were given up, by reason. */
export type DropCounts = { [reason in DropReason]?: number };

const DROPS_KEY = "d";

/** Counts the events that had to be given up, until the collector has been told. */
export interface Drops {
  count(reason: DropReason, events?: number): void;
  /** Writes the new counts down, and gives them together with those of other tabs. */
  read(): DropCounts;
  /** Takes off what the collector now knows. */
  settle(told: DropCounts): void;
}

/** Creates the counter over the counts that earlier pages left in the store. */
export function createDrops(store: Store): Drops {
  let unsaved: { [reason: string]: number } | undefined;
  const count = (reason: string, events = 1) => {
    unsaved ??= {};
    unsaved[reason] = (unsaved[reason] ?? 0) + events;
  };
  const read = () => {
    const counts = parseStored(store.get(DROPS_KEY)) as { [reason: string]: number | undefined };
    if (unsaved) {
      for (const [reason, events] of Object.entries(unsaved)) {
        counts[reason] = (counts[reason] ?? 0) + events || undefined;
      }
      store.set(DROPS_KEY, JSON.stringify(counts));
      unsaved = undefined;
    }
    return counts as DropCounts;
  };
  return {
    count,
    read,
    settle(told) {
      for (const [reason, events] of Object.entries(told)) count(reason, -events);
      read();
    },
  };
}
