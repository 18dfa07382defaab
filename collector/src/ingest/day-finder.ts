import type { Sql } from "../db/client.ts";
import { type DayOfStretch, findDays, type Stretch } from "./day-queries.ts";
import type { NewEvent } from "./new-event.ts";

const QUARTER_MS = 900_000;
/** Three years of quarters. */
const MAX_KNOWN = 100_000;
const MAX_PROJECTS = 1_000;

/** Knows the calendar day of a moment in a project's time zone, as Postgres knows it. */
export interface DayFinder {
  /** Asks the database for what is not known yet; a promise only where there was something. */
  learn(events: NewEvent[]): Promise<void> | undefined;
  /** Days since 2000-01-01; null where it was not learned, or the project is unknown. */
  find(projectId: string, ms: number): number | null;
  /** The time zone that the days of a project were cut by. */
  timeZoneOf(projectId: string): string;
  /** A project may have moved to another time zone. */
  forget(): void;
}

interface ProjectDays {
  timeZone: string;
  /** By quarter of an hour; null for one that lies in two days. */
  quarters: Map<number, number | null>;
  /** By moment, of quarters that lie in two. */
  moments: Map<number, number>;
}

const quarterOf = (ms: number): number => Math.floor(ms / QUARTER_MS);

/**
 * Since 1972 every zone differs from UTC by whole quarters of an hour, so a quarter lies in one
 * day; but where a clock is turned across midnight, and that is told by its ends. Of such a quarter each
 * moment is asked for.
 */
export function createDayFinder(sql: Sql): DayFinder {
  const projects = new Map<string, ProjectDays>();

  function find(projectId: string, ms: number): number | null {
    const known = projects.get(projectId);
    return known?.quarters.get(quarterOf(ms)) ?? known?.moments.get(ms) ?? null;
  }

  const isKnown = (event: NewEvent) => find(event.projectId, event.occurredAtMs) !== null;

  /** Before anything is learned, so that nothing of the same group goes. */
  function makeRoom(): void {
    if (projects.size > MAX_PROJECTS) projects.clear();
    for (const [projectId, { quarters, moments }] of projects) {
      if (quarters.size + moments.size > MAX_KNOWN) projects.delete(projectId);
    }
  }

  function know({ projectId, timeZone }: DayOfStretch): ProjectDays {
    const known = projects.get(projectId);
    if (known?.timeZone === timeZone) return known;
    const fresh = { timeZone, quarters: new Map(), moments: new Map() };
    projects.set(projectId, fresh);
    return fresh;
  }

  async function load(events: NewEvent[]): Promise<void> {
    makeRoom();
    const quarters = new Map<string, Stretch>();
    for (const event of events) {
      if (isKnown(event)) continue;
      const { projectId, occurredAtMs } = event;
      const fromMs = quarterOf(occurredAtMs) * QUARTER_MS;
      const untilMs = fromMs + QUARTER_MS - 1;
      quarters.set(`${projectId} ${fromMs}`, { projectId, fromMs, untilMs });
    }
    for (const found of await findDays(sql, [...quarters.values()])) {
      know(found).quarters.set(quarterOf(found.fromMs), found.day);
    }
    const moments = events
      .filter((event) => !isKnown(event))
      .map(({ projectId, occurredAtMs: ms }) => ({ projectId, fromMs: ms, untilMs: ms }));
    if (moments.length === 0) return;
    for (const found of await findDays(sql, moments)) {
      if (found.day !== null) know(found).moments.set(found.fromMs, found.day);
    }
  }

  return {
    learn: (events) => (events.every(isKnown) ? undefined : load(events)),
    find,
    timeZoneOf: (projectId) => projects.get(projectId)?.timeZone ?? "",
    forget: () => projects.clear(),
  };
}
