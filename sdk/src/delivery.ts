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

  const send = async (
    { keys, texts, events, whose }: QueuedBatch,
    pack?: (text: string) => Promise<BodyInit>,
  ) => {
    // A closing page would not hear that they have been told.
    const dropped: { [reason: string]: number | undefined } = {
      ...(pack && visitors.at().dropped),
    };
    const envelope = {
      writeKey: options.writeKey,
      sentAt: new Date(),
      dropped,
      context: {
        library: LIBRARY,
        isAutomated: navigator.webdriver || undefined,
        token: core.tokens[whose!],
      },
    };
    visitors.writeDown();
    const last = keys.at(-1)!;
    flyingTo = last;
    const text = `{"batch":[${texts}],${JSON.stringify(envelope).slice(1)}`;
    // A closing page has no time to wait.
    const answer = await post(`${options.host}/v1/batch`, pack ? await pack(text) : text);
    if (flyingTo === last) flyingTo = "";
    // The next try takes the proof that the app gives by then. Of who has left there comes none.
    if (answer.status === 403 && answer.body?.errors && whose === visitors.at().person) {
      answer.status = 503;
      core.tell("$identity_refused", {});
    }
    core.hear(answer.body?.wake);
    const waitMs = judge(answer, ++tries, Math.random());
    debug("sent", events, answer, waitMs);
    if (waitMs) {
      rest ??= setTimeout(wake, waitMs);
      return;
    }
    tries = 0;
    keys.forEach(store.remove);
    if (answer.status < 300) {
      for (const reason in dropped) visitors.drop(reason as DropReason, -dropped[reason]!);
    } else visitors.drop("rejected", events);
    visitors.writeDown();
  };

  const drain = async () => {
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

  // Web Locks are missing on plain HTTP.
  const drainInOneTab = async (): Promise<unknown> =>
    navigator.locks
      ? navigator.locks.request(core.prefix, { ifAvailable: true }, (lock) => lock && drain())
      : core.load("lease").then((runWithLease) => (runWithLease as RunWithLease)(store, drain));

  const flush = async () => {
    clearTimeout(timer);
    timer = undefined;
    isLeft = true;
    // A try would only write into the page's console. Where a browser says so wrongly, as behind some
    // VPNs, the page hands all over as it goes.
    if (!navigator.onLine) return;
    running ??= drainInOneTab()
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
    if (type === "pagehide" || (document.hidden && type !== "online")) {
      core.writeAll();
      // When hiding and closing come together, the second finds nothing that is not in flight.
      const batch = queue.take(flyingTo);
      if (batch) send(batch);
    } else {
      tries = 0;
      wake();
    }
  };
  for (const sign of ["visibilitychange", "pagehide", "online"]) addEventListener(sign, onSign);
  schedule();

  return { schedule, flush };
}
