import type { Store } from "../browser/storage.ts";

const LEASE_KEY = "lock";
const SETTLE_MS = 50;
const LEASE_MS = 15_000;

/**
 * Runs a task in at most one tab at a time where there are no Web Locks, as on plain HTTP. A lease in the
 * store decides, read again after 50 ms, so that of two tabs that wrote at once only the last goes on.
 */
export const runWithLease = async (
  store: Pick<Store, "get" | "set" | "remove">,
  task: () => Promise<void>,
): Promise<void> => {
  if (Number(store.get(LEASE_KEY)) > Date.now()) return;
  const lease = `${Date.now() + LEASE_MS + Math.random()}`;
  store.set(LEASE_KEY, lease);
  await new Promise((resolve) => setTimeout(resolve, SETTLE_MS));
  if (store.get(LEASE_KEY) === lease) {
    await task();
    store.remove(LEASE_KEY);
  }
};

/** What runs a task so. */
export type RunWithLease = typeof runWithLease;

/** As the core loads it, like every add-on. */
export const start = (): RunWithLease => runWithLease;
