import type { Sql } from "../db/client.ts";
import { findDays } from "./day-queries.ts";
import type { NewEvent } from "./new-event.ts";

const QUARTER_MS = 900_000;
/** Three years of quarters. */
const MAX_QUARTERS = 100_000;
const MAX_PROJECTS = 1_000;

/** Knows the calendar day of a moment in a project's time zone, as Postgres knows it. */
export interface DayFinder {
  /** Asks the database for what is not known yet; a promise only where there was something. */
  learn(events: NewEvent[]): Promise<void> | undefined;
  /** Days since 2000-01-01; null where it can't be told. */
  find(projectId: string, ms: number): number | null;
  /** The time zone that the days of a project were cut by. */
  timeZoneOf(projectId: string): string;
  /** A project may have moved to another time zone. */
  forget(): void;
}

interface ProjectDays {
  timeZone: string;
  /** By quarter of an hour; null for one that lies in two days. */
  days: Map<number, number | null>;
}

const quarterOf = (ms: number): number => Math.floor(ms / QUARTER_MS);

/**
 * Since 1972 every zone differs from UTC by whole quarters of an hour, so a quarter lies in one
 * day; but where a clock is turned across midnight, and that is told by its ends.
 */
export function createDayFinder(sql: Sql): DayFinder {
  const projects = new Map<string, ProjectDays>();

  async function load(wanted: { projectId: string; quarter: number }[]): Promise<void> {
    for (const { projectId, timeZone, quarter, day } of await findDays(sql, wanted)) {
      let known = projects.get(projectId);
      if (known?.timeZone !== timeZone || known.days.size >= MAX_QUARTERS) {
        if (projects.size >= MAX_PROJECTS) projects.clear();
        known = { timeZone, days: new Map() };
        projects.set(projectId, known);
      }
      known.days.set(quarter, day);
    }
  }

  return {
    learn(events) {
      let wanted: Map<string, { projectId: string; quarter: number }> | undefined;
      for (const { projectId, occurredAtMs } of events) {
        const quarter = quarterOf(occurredAtMs);
        if (projects.get(projectId)?.days.has(quarter)) continue;
        wanted ??= new Map();
        wanted.set(`${projectId} ${quarter}`, { projectId, quarter });
      }
      return wanted && load([...wanted.values()]);
    },
    find: (projectId, ms) => projects.get(projectId)?.days.get(quarterOf(ms)) ?? null,
    timeZoneOf: (projectId) => projects.get(projectId)?.timeZone ?? "",
    forget: () => projects.clear(),
  };
}
