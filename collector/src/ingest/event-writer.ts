import { Problem } from "../problem.ts";
import type { EventVerdict, NewEvent } from "./new-event.ts";
import { type GroupOutcome, storeRequests } from "./store-requests.ts";

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
  /** How full the backlog is, 0–1. */
  readonly fillShare: number;
}

/** Stores one group in one commit. */
export type StoreGroup = (events: NewEvent[]) => Promise<EventVerdict[]>;

/** A request that waits for its commit. */
export interface Waiting {
  events: NewEvent[];
  bytes: number;
  /** Moment of `performance.now()` by which it is answered, either way. */
  answerBy: number;
  state: "queued" | "under way" | "answered";
  resolve(verdicts: EventVerdict[]): void;
  reject(reason: unknown): void;
}

export interface EventWriterOptions {
  store: StoreGroup;
  /** Groups that may be under way at once. */
  concurrency: number;
  /** Most events in a group; one request is never split. */
  maxGroupEvents?: number;
  /** Most bytes of a group, estimated. */
  maxGroupBytes?: number;
  /** Beyond this backlog new requests are refused. */
  maxBacklogEvents?: number;
  maxBacklogBytes?: number;
  /** A request that is not stored by then is refused, in milliseconds. */
  answerWithinMs?: number;
}

/** What an event weighs in memory besides its texts, in bytes; roughly. */
const EVENT_OVERHEAD_BYTES = 1_000;
const SWEEP_EVERY_MS = 100;

const unavailable = (detail: string) =>
  new Problem("unavailable", detail, { retryAfterSeconds: 1 });

function weigh(events: NewEvent[]): number {
  let bytes = 0;
  for (const event of events) {
    bytes += EVENT_OVERHEAD_BYTES + 2 * (event.propertiesJson.length + event.contextJson.length);
  }
  return bytes;
}

/**
 * There is no timer: a group leaves as soon as there is nothing to wait for, so under light load a
 * request waits for its own commit only, and under heavy load the groups grow. When the database stands
 * still, requests are refused after a while, and new ones at once when the backlog is full.
 */
export function createEventWriter(options: EventWriterOptions): EventWriter {
  const {
    store,
    concurrency,
    maxGroupEvents = 2_000,
    maxGroupBytes = 16_000_000,
    maxBacklogEvents = 50_000,
    maxBacklogBytes = 40_000_000,
    answerWithinMs = 2_500,
  } = options;
  let queue: Waiting[] = [];
  /** In the order of arrival, so the first is the first to be overdue. */
  const open = new Set<Waiting>();
  let backlog = 0;
  let backlogBytes = 0;
  let busy = 0;
  let underWay = 0;
  let sweeping: NodeJS.Timeout | undefined;
  let isDeparting = false;
  let onIdle: (() => void)[] = [];

  function release(waiting: Waiting): void {
    backlog -= waiting.events.length;
    backlogBytes -= waiting.bytes;
  }

  function takeGroup(): Waiting[] {
    const group: Waiting[] = [];
    let count = 0;
    let bytes = 0;
    let taken = 0;
    for (const waiting of queue) {
      if (waiting.state === "queued") {
        count += waiting.events.length;
        bytes += waiting.bytes;
        if (group.length > 0 && (count > maxGroupEvents || bytes > maxGroupBytes)) break;
        waiting.state = "under way";
        group.push(waiting);
      }
      taken += 1;
    }
    queue = queue.slice(taken);
    return group;
  }

  /** Requests that wait too long are refused; those under way may yet be stored, and a retry finds out. */
  function sweep(): void {
    const now = performance.now();
    for (const waiting of open) {
      if (waiting.answerBy > now) break;
      open.delete(waiting);
      if (waiting.state === "queued") release(waiting);
      waiting.state = "answered";
      waiting.reject(unavailable("The database does not answer; try again soon."));
    }
    if (open.size > 0) return;
    clearInterval(sweeping);
    sweeping = undefined;
  }

  function settle({ waiting, verdicts, error }: GroupOutcome): void {
    if (!open.delete(waiting)) return;
    waiting.state = "answered";
    if (verdicts) waiting.resolve(verdicts);
    else waiting.reject(error);
  }

  async function run(group: Waiting[]): Promise<void> {
    const outcomes = await storeRequests(store, group);
    // The next group goes to the database before this one's answers are written.
    busy -= 1;
    for (const waiting of group) {
      underWay -= waiting.events.length;
      release(waiting);
    }
    pump();
    for (const outcome of outcomes) settle(outcome);
    if (busy > 0 || queue.length > 0) return;
    for (const done of onIdle) done();
    onIdle = [];
  }

  /**
   * A further group leaves when it is no smaller than all that is under way: sooner it would be one of
   * many small ones, which cost most; later the database would wait for us.
   */
  const canOverlap = () => busy < concurrency && backlog - underWay >= underWay;

  function pump(): void {
    while (queue.length > 0 && (busy === 0 || canOverlap())) {
      const group = takeGroup();
      if (group.length === 0) return;
      busy += 1;
      for (const { events } of group) underWay += events.length;
      void run(group);
    }
  }

  /** Requests that came in one turn of the event loop leave together: else the first would leave alone. */
  function departSoon(): void {
    if (isDeparting) return;
    isDeparting = true;
    setImmediate(() => {
      isDeparting = false;
      pump();
    });
  }

  return {
    write(events) {
      if (events.length === 0) return Promise.resolve([]);
      const bytes = weigh(events);
      const isFull =
        backlog + events.length > maxBacklogEvents || backlogBytes + bytes > maxBacklogBytes;
      if (isFull && backlog > 0) {
        return Promise.reject(unavailable("The backlog is full; try again soon."));
      }
      backlog += events.length;
      backlogBytes += bytes;
      return new Promise((resolve, reject) => {
        const answerBy = performance.now() + answerWithinMs;
        const waiting: Waiting = { events, bytes, answerBy, state: "queued", resolve, reject };
        open.add(waiting);
        queue.push(waiting);
        sweeping ??= setInterval(sweep, SWEEP_EVERY_MS).unref();
        departSoon();
      });
    },
    drain() {
      if (busy === 0 && queue.length === 0) return Promise.resolve();
      return new Promise((resolve) => onIdle.push(resolve));
    },
    get backlog() {
      return backlog;
    },
    get fillShare() {
      return Math.max(backlog / maxBacklogEvents, backlogBytes / maxBacklogBytes);
    },
  };
}
