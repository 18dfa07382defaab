import { type DropReason, SESSION_IDLE_MS, SESSION_MAX_MS } from "@telltale/protocol";
import { attempt } from "./browser/attempt.ts";
import type { Store } from "./browser/storage.ts";

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
  /** How many events were given up, by reason, until the collector is told. */
  dropped: { [reason in DropReason]?: number | undefined };
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
  /** Counts events that had to be given up; less than none takes off what the collector knows by now. */
  drop(reason: DropReason, events?: number): void;
  /** Writes the visitor down; the next look reads again what another tab may have changed. */
  writeDown(): void;
}

/**
 * Creates the record over what the store remembers.
 *
 * @param createId - makes a UUID of a moment
 */
export function createVisitorRecord(
  store: Store,
  createId: (now: number) => string,
): VisitorRecord {
  let visitor: Visitor;
  /** The visitor as last read or written: most often no other tab has changed it. */
  let text: string | null | undefined = "";
  let isRead = false;
  const create = (kept?: Partial<Visitor>) =>
    ({ anonymousId: createId(Date.now()), person: 0, dropped: {}, ...kept }) as Visitor;
  const at = (now = Date.now()): Visitor => {
    const stored = isRead ? text : store.get(VISITOR_KEY);
    // Anything broken or foreign is as good as nothing.
    if (stored !== text) visitor = create(attempt(() => JSON.parse(stored!)));
    text = stored;
    isRead = true;
    // Either side of now: a clock set back must not keep a session for good.
    const isWithin = (limitMs: number, since: number) => Math.abs(now - since) < limitMs;
    if (
      !isWithin(SESSION_IDLE_MS, visitor.activeAt) ||
      !isWithin(SESSION_MAX_MS, visitor.startedAt)
    ) {
      visitor.sessionId = createId(now);
      visitor.startedAt = visitor.activeAt = now;
      visitor.sequence = 0;
    }
    return visitor;
  };
  return {
    at,
    drop(reason, events = 1) {
      const { dropped } = at();
      dropped[reason] = Math.max((dropped[reason] ?? 0) + events, 0) || undefined;
    },
    replace() {
      const { person, hasConsented, dropped } = at();
      visitor = create({ person: person + 1, hasConsented, dropped });
    },
    writeDown() {
      if (!isRead) return;
      isRead = false;
      const changed = JSON.stringify(visitor);
      // A write is the dearest thing here, and most sends change nothing.
      if (changed !== text) store.set(VISITOR_KEY, changed);
      text = changed;
    },
  };
}
