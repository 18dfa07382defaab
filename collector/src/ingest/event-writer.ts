import { Problem } from "../problem.ts";
import type { EventVerdict, NewEvent } from "./new-event.ts";

/** Stores events in groups: many requests share one commit. */
export interface EventWriter {
  /**
   * @returns a verdict an event, in order, once they are committed
   * @throws {Problem} `unavailable` when the backlog is full, or the database can't be reached
   */
  write(events: NewEvent[]): Promise<EventVerdict[]>;
  /** Waits until everything accepted is written. */
  drain(): Promise<void>;
  /** Events that wait for a commit. */
  readonly backlog: number;
}

/** Stores one group in one commit. */
export type StoreGroup = (events: NewEvent[]) => Promise<EventVerdict[]>;

interface Waiting {
  events: NewEvent[];
  resolve(verdicts: EventVerdict[]): void;
  reject(reason: unknown): void;
}

export interface EventWriterOptions {
  store: StoreGroup;
  /** Groups that may be under way at once. */
  concurrency: number;
  /** Most events in a group; one request is never split. */
  maxGroupEvents?: number;
  /** Beyond this backlog new requests are refused. */
  maxBacklogEvents?: number;
}

/**
 * There is no timer: a group leaves as soon as a writer is free, so under light load a request
 * waits for its own commit only, and under heavy load the groups grow.
 */
export function createEventWriter(options: EventWriterOptions): EventWriter {
  const { store, concurrency, maxGroupEvents = 5_000, maxBacklogEvents = 50_000 } = options;
  let queue: Waiting[] = [];
  let backlog = 0;
  let busy = 0;
  let onIdle: (() => void)[] = [];

  function takeGroup(): Waiting[] {
    let count = 0;
    let taken = 0;
    for (const waiting of queue) {
      if (taken > 0 && count + waiting.events.length > maxGroupEvents) break;
      count += waiting.events.length;
      taken += 1;
    }
    const group = queue.slice(0, taken);
    queue = queue.slice(taken);
    return group;
  }

  /** One request's bad event must not fail its neighbours: a group that fails is halved. */
  async function storeRequests(group: Waiting[]): Promise<void> {
    try {
      const verdicts = await store(group.flatMap((waiting) => waiting.events));
      let start = 0;
      for (const waiting of group) {
        waiting.resolve(verdicts.slice(start, start + waiting.events.length));
        start += waiting.events.length;
      }
    } catch (error) {
      if (!isDataError(error)) {
        for (const waiting of group) waiting.reject(error);
      } else if (group.length > 1) {
        const middle = group.length >> 1;
        await storeRequests(group.slice(0, middle));
        await storeRequests(group.slice(middle));
      } else {
        const [waiting] = group;
        if (waiting) await storeOneByOne(waiting);
      }
    }
  }

  async function storeOneByOne(waiting: Waiting): Promise<void> {
    const verdicts: EventVerdict[] = [];
    for (const event of waiting.events) {
      try {
        const [verdict] = await store([event]);
        verdicts.push(verdict ?? "unstorable");
      } catch (error) {
        if (!isDataError(error)) return waiting.reject(error);
        verdicts.push("unstorable");
      }
    }
    waiting.resolve(verdicts);
  }

  function pump(): void {
    while (busy < concurrency && queue.length > 0) {
      const group = takeGroup();
      busy += 1;
      storeRequests(group).finally(() => {
        busy -= 1;
        for (const waiting of group) backlog -= waiting.events.length;
        pump();
        if (busy === 0 && queue.length === 0) {
          for (const done of onIdle) done();
          onIdle = [];
        }
      });
    }
  }

  return {
    write(events) {
      if (events.length === 0) return Promise.resolve([]);
      if (backlog + events.length > maxBacklogEvents && backlog > 0) {
        const problem = new Problem("unavailable", "The backlog is full; try again soon.", {
          retryAfterSeconds: 1,
        });
        return Promise.reject(problem);
      }
      backlog += events.length;
      return new Promise((resolve, reject) => {
        queue.push({ events, resolve, reject });
        pump();
      });
    },
    drain() {
      if (busy === 0 && queue.length === 0) return Promise.resolve();
      return new Promise((resolve) => onIdle.push(resolve));
    },
    get backlog() {
      return backlog;
    },
  };
}

/** SQLSTATE class 22: the data can't be stored, today or tomorrow. */
function isDataError(error: unknown): boolean {
  const code = (error as { code?: unknown }).code;
  return typeof code === "string" && code.startsWith("22");
}
