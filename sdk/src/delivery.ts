import { MAX_BEACON_BYTES } from "@telltale/protocol";
import type { Store } from "./browser/storage.ts";
import { runInOneTab } from "./browser/tab-lock.ts";
import type { DropCounts, Drops } from "./drops.ts";
import type { Queue, QueuedBatch } from "./queue.ts";
import { judge } from "./retry.ts";
import { post } from "./transport.ts";

/** Room for what surrounds the messages in a body, in bytes. */
const ENVELOPE_BYTES = 2_000;
const MAX_TEXT_BYTES = MAX_BEACON_BYTES - ENVELOPE_BYTES;
/** Within this long, hiding and closing are one leave, in milliseconds. */
const LEAVE_MS = 1_000;

/** Brings the backlog to the collector. */
export interface Delivery {
  /** Sends what waits after the usual delay, if nothing is due earlier. */
  schedule(): void;
  /** Sends all that waits, now. Resolves when that is done or has to wait. */
  flush(): Promise<void>;
  /** Stops for good. */
  stop(): void;
}

/** What a delivery needs. */
export interface DeliveryParts {
  url: string;
  /** From an event to its batch, in milliseconds. */
  delayMs: number;
  lockName: string;
  store: Store;
  queue: Queue;
  drops: Drops;
  /** The members of the body beside `batch`. */
  envelope(person: string | undefined, dropped: DropCounts): object;
  debug(...line: unknown[]): void;
}

/** Starts to deliver. */
export function createDelivery(parts: DeliveryParts): Delivery {
  const { url, delayMs, lockName, store, queue, drops, envelope, debug } = parts;
  const flying = new Set<string>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let running: Promise<void> | undefined;
  let notBefore = 0;
  let tries = 0;
  let isLeft = false;
  let leftAt = -LEAVE_MS;

  const send = async ({ keys, texts, person }: QueuedBatch) => {
    const dropped = drops.read();
    const rest = JSON.stringify(envelope(person, dropped)).slice(1);
    for (const key of keys) flying.add(key);
    const answer = await post(url, `{"batch":[${texts}],${rest}`);
    for (const key of keys) flying.delete(key);
    const verdict = judge(answer, ++tries, Math.random());
    debug("sent", keys.length, answer, verdict);
    if (typeof verdict === "number") {
      notBefore = Date.now() + verdict;
      return;
    }
    tries = 0;
    keys.forEach(store.remove);
    if (verdict === "refused") drops.count("rejected", keys.length);
    else for (const [reason, n] of Object.entries(dropped)) drops.count(reason as "expired", -n);
    drops.read();
  };

  const drain = async () => {
    const isFree = (key: string) => !flying.has(key);
    if (!navigator.onLine) notBefore = Number.POSITIVE_INFINITY;
    while (isLeft && Date.now() >= notBefore) {
      const batch = queue.take(MAX_TEXT_BYTES, isFree);
      if (batch) await send(batch);
      else isLeft = false;
    }
  };

  const schedule = () => {
    const waitMs = Math.max(delayMs, notBefore - Date.now());
    if (waitMs < Number.POSITIVE_INFINITY) timer ??= setTimeout(flush, waitMs);
  };

  const flush = () => {
    clearTimeout(timer);
    timer = undefined;
    isLeft = true;
    running ??= runInOneTab(lockName, store, drain)
      .catch(debug)
      .then(() => {
        running = undefined;
        if (isLeft) schedule();
      });
    return running;
  };

  const onSign = ({ type }: Event) => {
    if (type === "pagehide" || (type !== "online" && document.visibilityState === "hidden")) {
      const now = performance.now();
      const batch =
        now - leftAt > LEAVE_MS &&
        queue.take(MAX_TEXT_BYTES, (key) => queue.isOwn(key) && !flying.has(key));
      if (batch) {
        leftAt = now;
        send(batch);
      }
    } else {
      tries = notBefore = 0;
      flush();
    }
  };
  const signs = ["visibilitychange", "pagehide", "online"];
  for (const sign of signs) addEventListener(sign, onSign);
  schedule();

  return {
    schedule,
    flush,
    stop() {
      clearTimeout(timer);
      for (const sign of signs) removeEventListener(sign, onSign);
    },
  };
}
