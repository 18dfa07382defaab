import type { Db } from "../db/client.ts";
import { findAccountIdsIn } from "./member-queries.ts";
import { findSegment, findSegments } from "./queries.ts";

/** The segments of a project by name. */
export async function listSegmentNames(
  db: Db,
  projectId: string,
): Promise<{ key: string; name: string }[]> {
  const segments = await findSegments(db, projectId);
  return segments
    .map(({ key, name }) => ({ key, name }))
    .sort((a, b) => a.name.localeCompare(b.name));
}

/** The ids of the accounts that are in a segment now; a segment that is gone has none. */
export async function findSegmentMembers(
  db: Db,
  projectId: string,
  key: string,
): Promise<string[]> {
  const segment = await findSegment(db, projectId, key);
  return segment ? findAccountIdsIn(db, projectId, segment.rules) : [];
}
