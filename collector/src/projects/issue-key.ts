import { v7 } from "uuid";
import type { Db } from "../db/client.ts";
import { Problem } from "../problem.ts";
import { createKey, hashKey, type KeyKind, keyPrefix } from "./key.ts";
import { insertKey, listKeys, revokeKey } from "./queries.ts";

/**
 * Makes a key of a project; only its hash is stored.
 *
 * @returns the key, which nobody can see again
 */
export async function issueKey(
  db: Db,
  clock: () => number,
  { projectId, kind, name }: { projectId: string; kind: KeyKind; name: string },
): Promise<string> {
  const key = createKey(kind);
  await insertKey(db, {
    id: v7(),
    projectId,
    kind,
    name,
    prefix: keyPrefix(key),
    keyHash: hashKey(key),
    createdAt: new Date(clock()),
  });
  return key;
}

/** The keys of a project by their prefixes, revoked ones too. */
export async function readKeys(db: Db, projectId: string): ReturnType<typeof listKeys> {
  return listKeys(db, projectId);
}

/**
 * Ends a key; it stops working within ten seconds.
 *
 * @throws {Problem} not-found, also for a key that is revoked already
 */
export async function endKey(db: Db, projectId: string, id: string): Promise<void> {
  if (await revokeKey(db, projectId, id)) return;
  throw new Problem("not-found", "There is no such key that could be revoked.");
}
