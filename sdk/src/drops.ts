import type { DropReason } from "@telltale/protocol";
import type { Store } from "./browser/storage.ts";

/** How many events were given up, by reason. */
export type DropCounts = { [reason in DropReason]?: number };

const DROPS_KEY = "d";

/** Counts the events that had to be given up, until the collector has been told. */
export interface Drops {
  count(reason: DropReason, events?: number): void;
  /** Writes the counts down; other tabs may add theirs. */
  save(): void;
  read(): DropCounts;
  /** Takes off what the collector now knows. */
  settle(told: DropCounts): void;
}

/** Adds counts, leaving out what comes to nothing. */
export function addCounts(counts: DropCounts, more: DropCounts, sign: 1 | -1): DropCounts {
  const sum = { ...counts };
  for (const [key, events] of Object.entries(more)) {
    const reason = key as DropReason;
    const left = (sum[reason] ?? 0) + sign * events;
    if (left > 0) sum[reason] = left;
    else delete sum[reason];
  }
  return sum;
}

/** Creates the counter over the counts that earlier pages left in the store. */
export function createDrops(store: Store, parse: (text: string | null) => object): Drops {
  let unsaved: DropCounts = {};
  const read = () => parse(store.get(DROPS_KEY)) as DropCounts;
  const write = (counts: DropCounts) => {
    if (Object.keys(counts)[0]) store.set(DROPS_KEY, JSON.stringify(counts));
    else store.remove(DROPS_KEY);
  };
  const save = () => {
    if (!Object.keys(unsaved)[0]) return;
    write(addCounts(read(), unsaved, 1));
    unsaved = {};
  };
  return {
    count(reason, events = 1) {
      unsaved[reason] = (unsaved[reason] ?? 0) + events;
    },
    save,
    read() {
      save();
      return read();
    },
    settle: (told) => write(addCounts(read(), told, -1)),
  };
}
