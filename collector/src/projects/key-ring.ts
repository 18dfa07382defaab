import type { Db } from "../db/client.ts";
import { Problem } from "../problem.ts";
import { hashKey } from "./key.ts";
import { findKeyHolder, type KeyHolder, recordKeyUse } from "./queries.ts";

export type { KeyHolder };

const FRESH_MS = 10_000;
const USE_RECORDED_EVERY_MS = 60_000;
const MAX_REMEMBERED = 10_000;
const ANSWER_WITHIN_MS = 2_000;

/** Finds whom a key belongs to, remembering the answers for a few seconds. */
export interface KeyRing {
  /** @returns null for a key that is unknown or revoked */
  find(key: string): Promise<KeyHolder | null>;
  /** Makes the next look at each key a fresh one, in this process. */
  forget(): void;
}

interface Remembered {
  holder: KeyHolder | null;
  until: number;
}

/** @param clock - milliseconds since the epoch */
export function createKeyRing(db: Db, clock: () => number): KeyRing {
  const remembered = new Map<string, Remembered>();
  const usedAt = new Map<string, number>();
  const lookups = new Map<string, Promise<KeyHolder | null>>();
  /** Hashes of write keys, which every page shows; secret ones are hashed each time and never kept. */
  const publicIds = new Map<string, string>();

  function noteUse(keyId: string): void {
    const now = clock();
    if (now - (usedAt.get(keyId) ?? 0) < USE_RECORDED_EVERY_MS) return;
    usedAt.set(keyId, now);
    recordKeyUse(db, keyId, new Date(now)).catch(() => usedAt.delete(keyId));
  }

  /** One look at a time for a key; a database that stands still must not hold requests for long. */
  function findInTime(id: string): Promise<KeyHolder | null> {
    const lookup =
      lookups.get(id) ??
      findKeyHolder(db, Buffer.from(id, "base64")).finally(() => lookups.delete(id));
    lookups.set(id, lookup);
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        // The next request asks anew: this question may never be answered.
        lookups.delete(id);
        const detail = "The database does not answer; try again soon.";
        reject(new Problem("unavailable", detail, { retryAfterSeconds: 1 }));
      }, ANSWER_WITHIN_MS);
      lookup.then(resolve, reject).finally(() => clearTimeout(timer));
    });
  }

  return {
    async find(key) {
      const id = publicIds.get(key) ?? hashKey(key).toString("base64");
      const known = remembered.get(id);
      let holder = known?.holder ?? null;
      if (!known || known.until < clock()) {
        holder = await findInTime(id);
        if (remembered.size >= MAX_REMEMBERED) {
          remembered.clear();
          publicIds.clear();
        }
        remembered.set(id, { holder, until: clock() + FRESH_MS });
        if (holder?.kind === "write") publicIds.set(key, id);
      }
      if (holder) noteUse(holder.keyId);
      return holder;
    },
    forget() {
      remembered.clear();
    },
  };
}
