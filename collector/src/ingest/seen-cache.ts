import type { Seen, Sightings } from "./insert-events.ts";
import type { NewEvent } from "./new-event.ts";

const REPEAT_AFTER_MS = 60_000;
const MAX_REMEMBERED = 100_000;

/** Spares the database from noting over and over that an account or user was just seen. */
export interface SeenCache {
  /**
   * Who of these events has to be noted.
   *
   * @param isAsked - an event whose account and user are noted though they are known; absent: none
   */
  select(events: NewEvent[], isAsked?: (event: NewEvent) => boolean): Sightings;
  /** They were committed. */
  remember(selected: Sightings): void;
  /** Forgets everything, so that what was deleted meanwhile is noted anew. */
  clear(): void;
}

/** The stretch of time that nothing new can be told of, ISO 8601: such texts compare as times do. */
interface Noted {
  from: string;
  until: string;
}

interface Known {
  /** By project, then by id: two looks cost less than making one key of both. */
  projects: Map<string, Map<string, Noted>>;
  count: number;
}

const createKnown = (): Known => ({ projects: new Map(), count: 0 });

function forget(known: Known): void {
  known.projects.clear();
  known.count = 0;
}

/**
 * Remembers, for each account and user, the time that was noted. An event inside it, or less than
 * a minute after it, tells nothing new; an older one, from an import, does.
 */
export function createSeenCache(): SeenCache {
  const accounts = createKnown();
  const users = createKnown();

  return {
    select: (events, isAsked = never) => ({
      accounts: selectFrom(accounts, { events, of: "accountId", isAsked }),
      users: selectFrom(users, { events, of: "userId", isAsked }),
    }),
    remember(selected) {
      rememberIn(accounts, selected.accounts);
      rememberIn(users, selected.users);
    },
    clear() {
      forget(accounts);
      forget(users);
    },
  };
}

const never = (): boolean => false;

interface Selection {
  events: NewEvent[];
  of: "accountId" | "userId";
  isAsked: (event: NewEvent) => boolean;
}

function selectFrom(known: Known, { events, of, isAsked }: Selection): Seen[] {
  const selected = new Map<string, Seen>();
  for (const event of events) {
    const { projectId, occurredAt, [of]: id } = event;
    if (id === "") continue;
    const noted = known.projects.get(projectId)?.get(id);
    const isKnown = noted && occurredAt >= noted.from && occurredAt < noted.until;
    if (isKnown && !isAsked(event)) continue;
    const key = `${projectId} ${id}`;
    const seen = selected.get(key);
    if (!seen) selected.set(key, { projectId, id, firstAt: occurredAt, lastAt: occurredAt });
    else if (occurredAt < seen.firstAt) seen.firstAt = occurredAt;
    else if (occurredAt > seen.lastAt) seen.lastAt = occurredAt;
  }
  return [...selected].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, seen]) => seen);
}

function rememberIn(known: Known, selected: Seen[]): void {
  if (known.count > MAX_REMEMBERED) forget(known);
  for (const { projectId, id, firstAt, lastAt } of selected) {
    const ofProject = known.projects.get(projectId) ?? new Map<string, Noted>();
    known.projects.set(projectId, ofProject);
    const noted = ofProject.get(id);
    if (!noted) known.count += 1;
    const until = new Date(Date.parse(lastAt) + REPEAT_AFTER_MS).toISOString();
    ofProject.set(id, {
      from: noted && noted.from < firstAt ? noted.from : firstAt,
      until: noted && noted.until > until ? noted.until : until,
    });
  }
}
