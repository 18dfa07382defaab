/** The few things the SDK asks of a key-value store. No call throws. */
export interface Store {
  get(key: string): string | null;
  set(key: string, value: string): void;
  remove(key: string): void;
  /** All keys of this store, in no order. */
  keys(): string[];
  /** From now on, and with all that it holds already, the store outlives the page. */
  open(): void;
  /** Removes everything. Nothing outlives the page until the store is opened again. */
  wipe(): void;
}

/**
 * The page's `localStorage`, or undefined where the browser denies it: reading the property alone
 * throws in Chromium when site data is blocked.
 */
export function findLocalStorage(): Storage | undefined {
  try {
    return localStorage;
  } catch {
    return undefined;
  }
}

/**
 * A store under a prefix. It lives in memory until it is opened, and stays there, key by key,
 * where `local` is absent, full or broken.
 *
 * @param prefix - put before each key, so that two projects on one origin stay apart
 * @param local - where values survive the page; undefined keeps all in memory
 */
export function createStore(prefix: string, local: Storage | undefined): Store {
  const memory = new Map<string, string>();
  let isOpen = false;
  const attempt = <Result>(action: (local: Storage) => Result, otherwise: Result): Result => {
    try {
      return local ? action(local) : otherwise;
    } catch {
      return otherwise;
    }
  };
  const localKeys = () =>
    attempt(Object.keys, [])
      .filter((key) => key.startsWith(prefix))
      .map((key) => key.slice(prefix.length));
  const store: Store = {
    get: (key) => memory.get(key) ?? attempt((local) => local.getItem(prefix + key), null),
    set(key, value) {
      memory.set(key, value);
      if (isOpen) {
        attempt((local) => {
          local.setItem(prefix + key, value);
          memory.delete(key);
        }, undefined);
      }
    },
    remove(key) {
      memory.delete(key);
      attempt((local) => local.removeItem(prefix + key), undefined);
    },
    keys: () => [...new Set([...memory.keys(), ...localKeys()])],
    open() {
      isOpen = true;
      for (const [key, value] of memory) store.set(key, value);
    },
    wipe() {
      isOpen = false;
      store.keys().forEach(store.remove);
    },
  };
  return store;
}
