import type { SqlQueryable } from "../db/client.ts";
import { losesDigits } from "../lossy-number.ts";
import { isAbout } from "./named-people.ts";
import { deleteRejected, findMentions, forgetProofs } from "./queries.ts";

/**
 * Removes the refused messages about a person. What the person proved for messages about others is
 * forgotten, and they stay.
 *
 * @param ids - of the person, as a user and as a visitor
 * @returns how many were removed
 */
export async function forgetPerson(
  sql: SqlQueryable,
  projectId: string,
  ids: string[],
): Promise<number> {
  const people = new Set(ids.flatMap((id) => [id, asKept(id)]));
  const theirs: string[] = [];
  for await (const rows of findMentions(sql, projectId, [...people])) {
    theirs.push(...rows.filter((row) => isAbout(people, row)).map(({ id }) => id));
  }
  await deleteRejected(sql, projectId, theirs);
  await forgetProofs(sql, projectId, ids);
  return theirs.length;
}

/** An id as it stands in a message that was refused because it came as a number that lost its digits. */
const asKept = (id: string): string =>
  /^-?\d+$/.test(id) && losesDigits(Number(id)) ? JSON.stringify(Number(id)) : id;
