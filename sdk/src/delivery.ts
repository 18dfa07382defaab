import { type DropReason, MAX_BEACON_BYTES } from "@telltale/protocol";
import { compress } from "./browser/compress.ts";
import type { Store } from "./browser/storage.ts";
import { runInOneTab } from "./browser/tab-lock.ts";
import { createUuid } from "./browser/uuid.ts";
import type { DropCounts } from "./drops.ts";
import type { Queue, QueuedBatch } from "./queue.ts";
import { judge, REST_MS } from "./retry.ts";
import { post } from "./transport.ts";
import type { VisitorRecord } from "./visitor.ts";

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
}

/** What a delivery needs. */
export interface DeliveryParts {
  url: string;
  /** From an event to its batch, in milliseconds. */
  delayMs: number;
  lockName: string;
  store: Store;
  queue: Queue;
  visitors: VisitorRecord;
  /** The members of the body beside `batch`. */
  envelope(person: string | undefined): { dropped: DropCounts };
  debug(...line: unknown[]): void;
}

/** Starts to deliver. */
export function createDelivery(parts: DeliveryParts): Delivery {
  const { url, delayMs, lockName, store, queue, visitors, envelope, debug } = parts;
  /** The newest event in flight: all up to it have been sent. */
  let flyingTo = "";
  /** Sorts before the events of this page. Those of earlier pages may have left with these. */
  const bornWith = createUuid(Date.now(), 0);
  let timer: ReturnType<typeof setTimeout> | undefined;
  let running: Promise<void> | undefined;
  let notBefore = 0;
  let tries = 0;
  let isLeft = false;
  let leftAt = 0;

  const send = async ({ keys, texts, person }: QueuedBatch, pack?: typeof compress) => {
    const rest = envelope(person);
    const told = { ...rest.dropped };
    const last = keys.at(-1)!;
    flyingTo = last;
    const text = `{"batch":[${texts}],${JSON.stringify(rest).slice(1)}`;
    // A closing page has no time to wait.
    const answer = await post(url, pack ? await pack(text) : text);
    if (flyingTo === last) flyingTo = "";
    const verdict = judge(answer, ++tries, Math.random());
    debug("sent", keys.length, answer, verdict);
    if (typeof verdict === "number") {
      notBefore = Date.now() + verdict;
      return;
    }
    tries = 0;
    keys.forEach(store.remove);
    if (verdict === "refused") visitors.drop("rejected", keys.length);
    else {
      for (const [reason, events] of Object.entries(told))
        visitors.drop(reason as DropReason, -events!);
    }
    visitors.save();
  };

  const drain = async () => {
    if (!navigator.onLine) notBefore = Date.now() + REST_MS;
    while (isLeft && Date.now() >= notBefore) {
      const batch = queue.take(MAX_TEXT_BYTES, flyingTo);
      if (batch) await send(batch, compress);
      else isLeft = false;
    }
  };

  const schedule = () => {
    const waitMs = notBefore - Date.now();
    // A timer may be up to 1 ms early, which would cost a whole delay more.
    timer ??= setTimeout(flush, waitMs > 0 ? waitMs + 1 : delayMs);
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
    if (type === "pagehide" || document.visibilityState === "hidden") {
      const now = Date.now();
      const batch = now - leftAt > LEAVE_MS && queue.take(MAX_TEXT_BYTES, flyingTo || bornWith);
      if (batch) {
        leftAt = now;
        send(batch);
      }
    } else {
      tries = notBefore = 0;
      flush();
    }
  };
  for (const sign of ["visibilitychange", "pagehide", "online"]) addEventListener(sign, onSign);
  schedule();

  return { schedule, flush };
}
