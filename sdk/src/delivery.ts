import type { DropReason } from "@telltale/protocol";
import type { RunWithLease } from "./addons/lease.ts";
import { compress } from "./browser/compress.ts";
import type { Core } from "./core.ts";
import type { QueuedBatch } from "./queue.ts";
import { judge } from "./retry.ts";
import { post } from "./transport.ts";
import { LIBRARY } from "./version.ts";

/** From an event to its batch, in milliseconds. */
const DELAY_MS = 2_000;

/** Brings the backlog to the collector. */
export interface Delivery {
  /** Sends what waits after the usual delay, if nothing is due earlier. */
  schedule(): void;
  /** Sends all that waits, now. Resolves when that is done or has to wait. */
  flush(): Promise<void>;
}

/** Starts to deliver. */
export function createDelivery(core: Core): Delivery {
  const { options, store, queue, visitors, debug } = core;
  /** The newest event in flight: all up to it have been sent. */
  let flyingTo = "";
  let timer: ReturnType<typeof setTimeout> | undefined;
  /** Runs while the collector is to be left alone. */
  let rest: ReturnType<typeof setTimeout> | undefined;
  let running: Promise<void> | undefined;
  let tries = 0;
  let isLeft: boolean | undefined;
  /** Whether another tab has written to the store since this page began. */
  let isShared: boolean | undefined;

  const send = async (
    { keys, texts, events, whose }: QueuedBatch,
    pack?: (text: string) => Promise<BodyInit>,
  ) => {
    const token = core.tokens[whose!];
    const envelope = {
      writeKey: options.writeKey,
      sentAt: new Date(),
      dropped: { ...visitors.at().dropped },
      context: {
        library: LIBRARY,
        isAutomated: navigator.webdriver || undefined,
        token,
      },
    };
    visitors.writeDown();
    flyingTo = keys.at(-1)!;
    const text = `{"batch":[${texts}],${JSON.stringify(envelope).slice(1)}`;
    // A closing page has no time to wait.
    const answer = await post(`${options.host}/v1/batch`, pack ? await pack(text) : text);
    flyingTo = "";
    // A proof that has expired: the next try takes the one that the app gives by then.
    if (token && answer.status === 403) {
      answer.status = 503;
      core.tell("$identity_refused", {});
    }
    const waitMs = judge(answer, ++tries, Math.random());
    debug("sent", events, answer, waitMs);
    if (waitMs) {
      rest = setTimeout(wake, waitMs);
      isLeft = true;
      return;
    }
    tries = 0;
    keys.forEach(store.remove);
    if (answer.status < 300) {
      for (const [reason, count] of Object.entries(envelope.dropped))
        visitors.drop(reason as DropReason, -count!);
      core.hear(answer.wake);
    } else visitors.drop("rejected", events);
    visitors.writeDown();
  };

  const drain = async () => {
    // The sign `online` begins anew.
    isLeft = navigator.onLine;
    while (isLeft && !rest) {
      core.writeAll();
      const batch = queue.take(flyingTo);
      isLeft = batch?.hasMore;
      if (batch) await send(batch, compress);
    }
  };

  const schedule = () => {
    if (!rest) timer ??= setTimeout(flush, options.flushIntervalMs ?? DELAY_MS);
  };

  // A lock costs half as much as a request. Web Locks are missing on plain HTTP.
  const runInOneTab = async (task: () => Promise<void>): Promise<unknown> =>
    isShared
      ? navigator.locks
        ? navigator.locks.request(core.prefix, { ifAvailable: true }, (lock) => lock && task())
        : core.load("lease").then((runWithLease) => (runWithLease as RunWithLease)(store, task))
      : task();

  const flush = async () => {
    clearTimeout(timer);
    timer = undefined;
    if (rest) return;
    isLeft = true;
    running ??= runInOneTab(drain)
      // Where locks are denied, as with cookies off or in a sandbox, ids tell what was sent twice.
      .catch(drain)
      .catch(debug)
      .then(() => {
        running = undefined;
        if (isLeft) schedule();
      });
    return running;
  };

  const wake = () => {
    clearTimeout(rest);
    rest = undefined;
    flush();
  };

  const onSign = ({ type }: Event) => {
    if (type === "storage") isShared = true;
    else if (type === "pagehide" || document.hidden) {
      core.writeAll();
      // When hiding and closing come together, the second finds nothing that is not in flight.
      const batch = queue.take(flyingTo);
      if (batch) send(batch);
    } else {
      tries = 0;
      wake();
    }
  };
  for (const sign of ["visibilitychange", "pagehide", "online", "storage"]) {
    addEventListener(sign, onSign);
  }
  schedule();

  return { schedule, flush };
}
