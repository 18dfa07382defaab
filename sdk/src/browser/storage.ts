import { attempt } from "./attempt.ts";

/** The few things the SDK asks of a key-value store. No call throws. */
export interface Store {
  get(key: string): string | null | undefined;
  set(key: string, value: string): void;
  remove(key: string): void;
  /** All keys of this store, in no order. */
  keys(): string[];
  /** From now on, and with all that it holds already, the store outlives the page. */
  persist(): void;
  /** Removes everything. Nothing outlives the page until it is told to persist again. */
  wipe(): void;
}

/**
 * A store under a prefix. It lives in memory until it is told to persist, and stays there, key by key,
 * where `localStorage` is denied, full or broken: each of them throws.
 *
 * @param prefix - put before each key, so that two projects on one origin stay apart
 * @param disk - what outlives the page; undefined where there is none
 */
export function createStore(prefix: string, disk?: Storage): Store {
  const memory = new Map<string, string>();
  let isPersistent = false;
  const keys = () => [
    ...memory.keys(),
    ...(attempt(() => Object.keys(disk!)) ?? [])
      .filter((key) => key.startsWith(prefix))
      .map((key) => key.slice(prefix.length)),
  ];
  const set = (key: string, value: string) => {
    memory.set(key, value);
    if (isPersistent) {
      attempt(() => {
        disk!.setItem(prefix + key, value);
        memory.delete(key);
      });
    }
  };
  const remove = (key: string) => {
    memory.delete(key);
    attempt(() => disk!.removeItem(prefix + key));
  };
  return {
    get: (key) => memory.get(key) ?? attempt(() => disk!.getItem(prefix + key)),
    set,
    remove,
    keys,
    persist() {
      isPersistent = true;
      for (const [key, value] of memory) set(key, value);
    },
    wipe() {
      isPersistent = false;
      keys().forEach(remove);
    },
  };
}
