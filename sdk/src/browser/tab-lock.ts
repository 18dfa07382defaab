import type { Store } from "./storage.ts";

const LOCK_KEY = "lock";
const SETTLE_MS = 50;
const LEASE_MS = 15_000;

/**
 * Runs a task in at most one tab of this origin at a time; does nothing when another tab runs its.
 *
 * Web Locks are missing on plain HTTP; there a lease in the store decides, read again after
 * 50 ms so that of two tabs that wrote at once only the last one goes on.
 */
export async function runInOneTab(
  name: string,
  store: Store,
  task: () => Promise<void>,
): Promise<void> {
  if (navigator.locks) {
    await navigator.locks.request(name, { ifAvailable: true }, async (lock) => {
      if (lock) await task();
    });
    return;
  }
  if (Number(store.get(LOCK_KEY)?.split(" ")[0]) > Date.now()) return;
  const lease = `${Date.now() + LEASE_MS} ${Math.random()}`;
  store.set(LOCK_KEY, lease);
  await new Promise((resolve) => setTimeout(resolve, SETTLE_MS));
  if (store.get(LOCK_KEY) !== lease) return;
  try {
    await task();
  } finally {
    store.remove(LOCK_KEY);
  }
}
