import type { Db } from "../db/client.ts";
import { hashKey } from "./key.ts";
import { findKeyHolder } from "./queries.ts";

/**
 * The settings whose key nobody can use: they make the first project, and a database that has one
 * already takes no notice of them.
 *
 * @returns names of settings
 */
export async function findDeadKeys(
  db: Db,
  keys: { writeKey: string | undefined; secretKey: string | undefined },
): Promise<string[]> {
  const isDead = async (key: string | undefined, kind: "write" | "secret") =>
    key !== undefined && (await findKeyHolder(db, hashKey(key)))?.kind !== kind;
  const dead: string[] = [];
  if (await isDead(keys.writeKey, "write")) dead.push("TELLTALE_WRITE_KEY");
  if (await isDead(keys.secretKey, "secret")) dead.push("TELLTALE_SECRET_KEY");
  return dead;
}
