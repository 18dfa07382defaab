import { type DropReason, SESSION_IDLE_MS, SESSION_MAX_MS } from "@telltale/protocol";
import { readObject, type Store } from "./browser/storage.ts";
import { createUuid } from "./browser/uuid.ts";
import { countDrops, type DropCounts } from "./drops.ts";

const VISITOR_KEY = "v";

/** Who uses this browser, and the session they are in, as all tabs share it. */
export interface Visitor {
  anonymousId: string;
  userId?: string;
  accountId?: string;
  /** Tells persons of this browser apart; grows when another one takes over. */
  person: number;
  /** Remembered so that the page need not ask for consent again. */
  hasConsented?: boolean | undefined;
  sessionId: string;
  /** When the session began, in milliseconds since the Unix epoch. */
  startedAt: number;
  /** When its latest event happened. */
  activeAt: number;
  /** The sequence number of its next event. */
  sequence: number;
  dropped: DropCounts;
}

/** Remembers the visitor over page loads. */
export interface VisitorRecord {
  /**
   * The visitor at a moment, by default now: after 30 minutes without an event, and after 24 hours in any case, in
   * a new session. Change it as needed, then save.
   */
  at(now?: number): Visitor;
  /** Another person takes over: another visitor, in another session. */
  replace(): void;
  /** Counts events that had to be given up. */
  drop(reason: DropReason, events?: number): void;
  /** Writes the visitor down; the next look reads again what another tab may have changed. */
  save(): void;
}

/** Creates the record over what the store remembers. */
export function createVisitorRecord(store: Store): VisitorRecord {
  let visitor: Partial<Visitor> | undefined;
  const read = (): Partial<Visitor> => (visitor ??= readObject(store, VISITOR_KEY));
  const at = (now = Date.now()): Visitor => {
    const visitor = read();
    visitor.anonymousId ??= createUuid(now, 0);
    visitor.person ??= 0;
    visitor.dropped ??= {};
    // Either side of now: a clock set back must not keep a session for good.
    const isFresh = (since: number | undefined, limitMs: number) =>
      Math.abs(now - since!) < limitMs;
    if (
      !isFresh(visitor.activeAt, SESSION_IDLE_MS) ||
      !isFresh(visitor.startedAt, SESSION_MAX_MS)
    ) {
      visitor.sessionId = createUuid(now, 0);
      visitor.startedAt = visitor.activeAt = now;
      visitor.sequence = 0;
    }
    return visitor as Visitor;
  };
  return {
    at,
    drop: (reason, events = 1) => countDrops(at().dropped, reason, events),
    replace() {
      const { person, hasConsented, dropped } = at();
      visitor = { person: person + 1, hasConsented, dropped };
    },
    save() {
      if (visitor) store.set(VISITOR_KEY, JSON.stringify(visitor));
      visitor = undefined;
    },
  };
}
