import { isNodeAway } from "../db/is-unavailable.ts";
import { Problem } from "../problem.ts";
import type { StoreGroup, Waiting } from "./event-writer.ts";
import type { EventVerdict, NewEvent } from "./new-event.ts";

/** What became of one request of a group: verdicts, or the error that fails it. */
export interface GroupOutcome {
  waiting: Waiting;
  verdicts?: EventVerdict[];
  error?: unknown;
}

/**
 * The driver can lose track of a transaction whose connection dies at the wrong moment
 * (porsager/postgres#1186): after this long a group counts as failed, in milliseconds.
 */
const STORE_WITHIN_MS = 10_000;

function withinLimit<T>(work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      const detail = "The database does not answer; try again soon.";
      reject(new Problem("unavailable", detail, { retryAfterSeconds: 1 }));
    }, STORE_WITHIN_MS);
    work.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}

/**
 * Stores the requests of a group together. One request's bad event must not fail its neighbours:
 * a group that Postgres refuses for its data is halved until the bad event stands alone. Nor must a
 * node that is away fail the projects of others: their requests are then stored project by project.
 */
export async function storeRequests(store: StoreGroup, group: Waiting[]): Promise<GroupOutcome[]> {
  try {
    const events = group.length === 1 ? group[0]!.events : group.flatMap(({ events }) => events);
    const verdicts = await withinLimit(store(events));
    let start = 0;
    return group.map((waiting) => {
      const end = start + waiting.events.length;
      const own = verdicts.slice(start, end);
      start = end;
      return { waiting, verdicts: own };
    });
  } catch (error) {
    const parts = isNodeAway(error) ? splitByProject(group) : [];
    if (parts.length > 1) return storeParts(store, parts);
    if (!isDataError(error)) return group.map((waiting) => ({ waiting, error }));
  }
  if (group.length > 1) {
    const middle = group.length >> 1;
    return storeParts(store, [group.slice(0, middle), group.slice(middle)]);
  }
  return Promise.all(group.map((waiting) => storeOneByOne(store, waiting)));
}

async function storeParts(store: StoreGroup, parts: Waiting[][]): Promise<GroupOutcome[]> {
  const outcomes: GroupOutcome[] = [];
  for (const part of parts) outcomes.push(...(await storeRequests(store, part)));
  return outcomes;
}

/** A request is of one project. */
function splitByProject(group: Waiting[]): Waiting[][] {
  const parts = new Map<string, Waiting[]>();
  for (const waiting of group) {
    const { projectId } = waiting.events[0] as NewEvent;
    parts.set(projectId, [...(parts.get(projectId) ?? []), waiting]);
  }
  return [...parts.values()];
}

async function storeOneByOne(store: StoreGroup, waiting: Waiting): Promise<GroupOutcome> {
  const verdicts: EventVerdict[] = [];
  for (const event of waiting.events) {
    try {
      const [verdict] = await withinLimit(store([event]));
      verdicts.push(verdict ?? "unstorable");
    } catch (error) {
      if (!isDataError(error)) return { waiting, error };
      verdicts.push("unstorable");
    }
  }
  return { waiting, verdicts };
}

/** SQLSTATE class 22: the data can't be stored, today or tomorrow. */
function isDataError(error: unknown): boolean {
  const code = (error as { code?: unknown }).code;
  return typeof code === "string" && code.startsWith("22");
}
