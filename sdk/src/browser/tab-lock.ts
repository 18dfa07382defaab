import type { Store } from "./storage.ts";

const LOCK_KEY = "lock";
const SETTLE_MS = 50;
const LEASE_MS = 15_000;

/**
 * Runs a task in at most one tab of this origin at a time; does nothing when another tab is at it.
 *
 * Web Locks are missing on plain HTTP. There a lease in the store decides, read again after 50 ms,
 * so that of two tabs that wrote at once only the last goes on.
 */
export async function runInOneTab(
  name: string,
  store: Store,
  task: () => Promise<void>,
): Promise<void> {
  if (navigator.locks) {
    await navigator.locks.request(name, { ifAvailable: true }, (lock) => lock && task());
  } else if (!(Number(store.get(LOCK_KEY)) > Date.now())) {
    const lease = `${Date.now() + LEASE_MS + Math.random()}`;
    store.set(LOCK_KEY, lease);
    await new Promise((resolve) => setTimeout(resolve, SETTLE_MS));
    if (store.get(LOCK_KEY) === lease) {
      await task();
      store.remove(LOCK_KEY);
    }
  }
}
