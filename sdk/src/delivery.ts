import { MAX_BEACON_BYTES } from "@telltale/protocol";
import { onLeave, onReturn } from "./browser/on-leave.ts";
import type { Store } from "./browser/storage.ts";
import { runInOneTab } from "./browser/tab-lock.ts";
import type { DropCounts, Drops } from "./drops.ts";
import type { Queue, QueuedBatch } from "./queue.ts";
import { judge } from "./retry.ts";
import { post } from "./transport.ts";

/** A batch waits for this much quiet, in milliseconds. */
const QUIET_MS = 2_000;
/** But never longer than this after its first event, in milliseconds. */
const PATIENCE_MS = 5_000;
/** Room for what surrounds the messages in a body, in bytes. */
const ENVELOPE_BYTES = 2_000;
/** Within this long, hiding and closing are one leave, in milliseconds. */
const LEAVE_MS = 1_000;

/** Brings the backlog to the collector. */
export interface Delivery {
  /** Says that an event was added. */
  noteAdded(): void;
  /** Sends all that waits, now. Resolves when that is done or has to wait. */
  flush(): Promise<void>;
  /** Stops for good. */
  stop(): void;
}

/** What a delivery needs. */
export interface DeliveryParts {
  url: string;
  lockName: string;
  store: Store;
  queue: Queue;
  drops: Drops;
  /** The members of the body beside `batch`. */
  envelope(person: string, dropped: DropCounts): object;
  debug(...line: unknown[]): void;
}

/** Starts to deliver. */
export function createDelivery(parts: DeliveryParts): Delivery {
  const { url, lockName, store, queue, drops, envelope, debug } = parts;
  const flying = new Set<string>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let running: Promise<void> | undefined;
  let firstAddedAt = 0;
  let notBefore = 0;
  let tries = 0;
  let isStopped = false;
  let leftAt = -LEAVE_MS;

  const schedule = (at: number) => {
    clearTimeout(timer);
    timer = setTimeout(flush, Math.max(at, notBefore) - Date.now());
  };

  const send = async ({ keys, texts, person }: QueuedBatch) => {
    const told = drops.read();
    const rest = JSON.stringify(envelope(person, told)).slice(1);
    for (const key of keys) flying.add(key);
    const answer = await post(url, `{"batch":[${texts.join()}],${rest}`);
    for (const key of keys) flying.delete(key);
    const verdict = judge(answer, ++tries, Math.random());
    debug("sent", texts.length, answer, verdict);
    if (verdict === "delivered") drops.settle(told);
    if (verdict === "refused") drops.count("rejected", texts.length);
    if (typeof verdict === "number") notBefore = Date.now() + verdict;
    else {
      tries = 0;
      queue.remove(keys);
    }
  };

  const drain = async () => {
    const isFree = (key: string) => !flying.has(key);
    while (Date.now() >= notBefore) {
      const batch = queue.take(MAX_BEACON_BYTES - ENVELOPE_BYTES, isFree);
      if (!batch) return;
      await send(batch);
    }
  };

  const flush = (): Promise<void> => {
    clearTimeout(timer);
    if (isStopped || !navigator.onLine) return Promise.resolve();
    firstAddedAt = 0;
    running ??= runInOneTab(lockName, store, drain)
      .catch(debug)
      .then(() => {
        running = undefined;
        if (!queue.isEmpty() && notBefore < Number.POSITIVE_INFINITY)
          schedule(Date.now() + QUIET_MS);
      });
    return running;
  };

  onLeave(() => {
    if (isStopped || performance.now() - leftAt < LEAVE_MS) return;
    const isMine = (key: string) => queue.isOwn(key) && !flying.has(key);
    const batch = queue.take(MAX_BEACON_BYTES - ENVELOPE_BYTES, isMine);
    if (!batch) return;
    leftAt = performance.now();
    void send(batch);
  });

  onReturn(() => {
    if (notBefore === Number.POSITIVE_INFINITY) tries = 0;
    notBefore = 0;
    if (!queue.isEmpty()) schedule(Date.now());
  });

  schedule(Date.now() + QUIET_MS);

  return {
    noteAdded() {
      const now = Date.now();
      firstAddedAt ||= now;
      schedule(Math.min(now + QUIET_MS, firstAddedAt + PATIENCE_MS));
    },
    flush,
    stop() {
      isStopped = true;
      clearTimeout(timer);
    },
  };
}
