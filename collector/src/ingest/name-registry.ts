import { RESERVED_EVENTS } from "@telltale/protocol";
import type { Sql } from "../db/client.ts";
import { findNames, registerNames } from "./name-queries.ts";
import type { NewEvent } from "./new-event.ts";

/** Most distinct names of one kind in a project. */
const DEFAULT_CAP = 2_000;
/** Projects whose names are held in memory. */
const MAX_PROJECTS = 1_000;

/**
 * Knows the names that events and their subjects bear. A client that makes names up, one a
 * product or one a user, would else grow every list and every index without end.
 */
export interface NameRegistry {
  /**
   * Registers the new names among these events, as far as there is room.
   *
   * @returns the positions of the events whose name found no room; a promise only when there was
   *   something to register
   */
  admit(events: NewEvent[]): Set<number> | Promise<Set<number>>;
}

export interface RegistryOptions {
  clock: () => number;
  cap?: number;
  /** Told once a project and kind, when the cap is met. */
  onCapped?: (projectId: string, kind: string) => void;
}

const NONE: Set<number> = new Set();

/** They are few, and what scores and surveys live on: a flood of others must not crowd them out. */
const RESERVED: ReadonlySet<string> = new Set(Object.values(RESERVED_EVENTS));

/** The name of a track message, and that of its subject; of a reserved event the latter only. */
function namesOf(event: NewEvent): [kind: string, name: string][] {
  if (event.type !== "track") return [];
  const names: [string, string][] = RESERVED.has(event.event) ? [] : [["event", event.event]];
  if (event.subject !== "") names.push([event.event, event.subject]);
  return names;
}

export function createNameRegistry(sql: Sql, options: RegistryOptions): NameRegistry {
  const { clock, cap = DEFAULT_CAP, onCapped } = options;
  /** By project, then by kind. */
  const known = new Map<string, Map<string, Set<string>>>();
  const warned = new Set<string>();
  let last: Promise<unknown> = Promise.resolve();

  /** As {@link namesOf} says, without making a list for every event. */
  function isKnown(event: NewEvent): boolean {
    if (event.type !== "track") return true;
    const kinds = known.get(event.projectId);
    if (!RESERVED.has(event.event) && !kinds?.get("event")?.has(event.event)) return false;
    return event.subject === "" || kinds?.get(event.event)?.has(event.subject) === true;
  }

  async function load(projectId: string): Promise<Map<string, Set<string>>> {
    const rows = await findNames(sql, projectId);
    // Another request may have loaded the project meanwhile: there is one truth, the first.
    const present = known.get(projectId);
    if (present) return present;
    const kinds = new Map<string, Set<string>>();
    for (const { kind, name } of rows) {
      const names = kinds.get(kind) ?? new Set();
      kinds.set(kind, names.add(name));
    }
    if (known.size >= MAX_PROJECTS) known.clear();
    known.set(projectId, kinds);
    return kinds;
  }

  async function register(events: NewEvent[]): Promise<Set<number>> {
    for (const projectId of new Set(events.map((event) => event.projectId))) {
      const kinds = known.get(projectId) ?? (await load(projectId));
      const wanted = new Map<string, Set<string>>();
      for (const event of events) {
        if (event.projectId !== projectId) continue;
        for (const [kind, name] of namesOf(event)) {
          const names = kinds.get(kind);
          if (names?.has(name) || (names && names.size >= cap)) continue;
          wanted.set(kind, (wanted.get(kind) ?? new Set()).add(name));
        }
      }
      const now = new Date(clock()).toISOString();
      for (const [kind, names] of wanted) {
        const taken = await registerNames(sql, { projectId, kind, names: [...names], cap, now });
        const present = kinds.get(kind) ?? new Set();
        for (const name of taken) present.add(name);
        kinds.set(kind, present);
      }
    }
    const refused = new Set<number>();
    for (const [position, event] of events.entries()) {
      if (isKnown(event)) continue;
      refused.add(position);
      warn(event);
    }
    return refused;
  }

  function warn({ projectId, event }: NewEvent): void {
    const isSubject = RESERVED.has(event) || known.get(projectId)?.get("event")?.has(event);
    const key = `${projectId} ${isSubject ? event : "event"}`;
    if (warned.has(key)) return;
    if (warned.size > MAX_PROJECTS) warned.clear();
    warned.add(key);
    onCapped?.(projectId, key.slice(projectId.length + 1));
  }

  /** One registration at a time: the first of many requests with a new name does it for all. */
  async function registerInTurn(events: NewEvent[]): Promise<Set<number>> {
    const before = last;
    const turn = before.then(() => (events.every(isKnown) ? NONE : register(events)));
    last = turn.catch(() => {});
    return turn;
  }

  return {
    admit: (events) => (events.every(isKnown) ? NONE : registerInTurn(events)),
  };
}
