import type { Db } from "../db/client.ts";
import { findReleases, type ReleaseRow, upsertRelease } from "./queries.ts";

/** A release of the customer's product, as the interface gives it. */
export interface Release {
  version: string;
  name: string;
  /** ISO 8601. */
  releasedAt: string;
}

const toRelease = (row: ReleaseRow): Release => ({
  ...row,
  releasedAt: row.releasedAt.toISOString(),
});

export async function recordRelease(
  deps: { database: { db: Db }; clock: () => number },
  projectId: string,
  given: { version: string; name: string; releasedAt?: string | undefined },
): Promise<Release> {
  const releasedAt = given.releasedAt ? new Date(given.releasedAt) : new Date(deps.clock());
  const row = { version: given.version, name: given.name, releasedAt };
  await upsertRelease(deps.database.db, { ...row, projectId });
  return toRelease(row);
}

export async function listReleases(db: Db, projectId: string): Promise<Release[]> {
  return (await findReleases(db, projectId)).map(toRelease);
}
