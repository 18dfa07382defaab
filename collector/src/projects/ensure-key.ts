import { v7 } from "uuid";
import type { Db } from "../db/client.ts";
import { hashKey, type KeyKind, keyPrefix } from "./key.ts";
import { findKeyHolder, insertKey } from "./queries.ts";

interface GivenKey {
  projectId: string;
  kind: KeyKind;
  name: string;
  /** The key itself; only its hash is stored. */
  key: string;
  clock: () => number;
}

/** Stores a key that was chosen beforehand, unless it is there already. */
export async function ensureKey(db: Db, given: GivenKey): Promise<void> {
  const keyHash = hashKey(given.key);
  if (await findKeyHolder(db, keyHash)) return;
  await insertKey(db, {
    id: v7(),
    projectId: given.projectId,
    kind: given.kind,
    name: given.name,
    prefix: keyPrefix(given.key),
    keyHash,
    createdAt: new Date(given.clock()),
  });
}
