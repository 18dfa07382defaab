import { SESSION_IDLE_MS, SESSION_MAX_MS } from "@telltale/protocol";
import type { Store } from "./browser/storage.ts";
import { createUuid } from "./browser/uuid.ts";
import { parseStored } from "./parse.ts";

const SESSION_KEY = "s";

/** A session as it stands in the store, shared by all tabs. */
interface SessionRecord {
  id: string;
  /** When it began, in milliseconds since the Unix epoch. */
  startedAt: number;
  /** When its latest event happened. */
  activeAt: number;
  /** The sequence number of its next event. */
  next: number;
}

/** One visit: events with no gap over 30 minutes, 24 hours at most. */
export interface Session {
  /** The id that an event at this moment would get. */
  id(now: number): string;
  /** Takes the place of an event at this moment, which may begin a new session. */
  place(now: number): { sessionId: string; sequence: number };
  /** Writes the session down and reads it anew at next use: another tab may have gone on. */
  save(): void;
  reset(): void;
}

/** Creates the session over the record that tabs share. */
export function createSession(store: Store): Session {
  let record: Partial<SessionRecord> | undefined;
  const current = (now: number): SessionRecord => {
    record ??= parseStored(store.get(SESSION_KEY));
    // A clock set back must not freeze the session for good.
    const isOver = (sinceMs: number | undefined, limitMs: number) =>
      !(Math.abs(now - (sinceMs ?? Number.NaN)) < limitMs);
    if (isOver(record.activeAt, SESSION_IDLE_MS) || isOver(record.startedAt, SESSION_MAX_MS)) {
      record = { id: createUuid(now), startedAt: now, activeAt: now, next: 0 };
    }
    return record as SessionRecord;
  };
  return {
    id: (now) => current(now).id,
    place(now) {
      const session = current(now);
      session.activeAt = Math.max(now, session.activeAt);
      return { sessionId: session.id, sequence: session.next++ };
    },
    save() {
      if (record) store.set(SESSION_KEY, JSON.stringify(record));
      record = undefined;
    },
    reset() {
      record = {};
    },
  };
}
