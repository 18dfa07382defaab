import type { NewEvent } from "./new-event.ts";
import type { EventGroup, Seen } from "./queries.ts";

const REPEAT_AFTER_MS = 60_000;
const MAX_REMEMBERED = 100_000;

/** Spares the database from noting over and over that an account or user was just seen. */
export interface SeenCache {
  /** Who of these events has to be noted. */
  select(events: NewEvent[], nowMs: number): Pick<EventGroup, "accounts" | "users">;
  /** They were committed. */
  remember(selected: Pick<EventGroup, "accounts" | "users">, nowMs: number): void;
}

interface Noted {
  notedAtMs: number;
  /** The earliest event noted, ISO 8601: an older one, from an import, moves `first_seen_at`. */
  earliest: string;
}

export function createSeenCache(): SeenCache {
  const accounts = new Map<string, Noted>();
  const users = new Map<string, Noted>();

  function selectFrom(
    known: Map<string, Noted>,
    events: NewEvent[],
    nowMs: number,
    of: "accountId" | "userId",
  ) {
    const selected = new Map<string, Seen>();
    for (const event of events) {
      const id = event[of];
      if (id === "") continue;
      const key = `${event.projectId} ${id}`;
      const noted = known.get(key);
      const isFresh = noted !== undefined && nowMs - noted.notedAtMs < REPEAT_AFTER_MS;
      if (isFresh && event.occurredAt >= noted.earliest) continue;
      const other = selected.get(key);
      if (!other || event.occurredAt < other.at) {
        selected.set(key, { projectId: event.projectId, id, at: event.occurredAt });
      }
    }
    return [...selected.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, seen]) => seen);
  }

  function rememberIn(known: Map<string, Noted>, selected: Seen[], nowMs: number) {
    if (known.size > MAX_REMEMBERED) known.clear();
    for (const { projectId, id, at } of selected) {
      const key = `${projectId} ${id}`;
      const earlier = known.get(key)?.earliest;
      known.set(key, {
        notedAtMs: nowMs,
        earliest: earlier !== undefined && earlier < at ? earlier : at,
      });
    }
  }

  return {
    select: (events, nowMs) => ({
      accounts: selectFrom(accounts, events, nowMs, "accountId"),
      users: selectFrom(users, events, nowMs, "userId"),
    }),
    remember(selected, nowMs) {
      rememberIn(accounts, selected.accounts, nowMs);
      rememberIn(users, selected.users, nowMs);
    },
  };
}
