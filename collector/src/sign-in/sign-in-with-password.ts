import type { Db } from "../db/client.ts";
import { Problem } from "../problem.ts";
import { isPassword } from "./password.ts";
import { deleteSession, findMemberByEmail } from "./queries.ts";
import { hashToken } from "./token.ts";
import { startSession } from "./use-sign-in-link.ts";

/** How addresses are compared and stored. */
export const toEmail = (text: string): string => text.trim().toLowerCase().slice(0, 254);

/**
 * Starts a session with a token of its own; one that the browser had before ends.
 *
 * @param given - what was typed, and the token of the browser's present session
 * @throws {Problem} unauthenticated, for an unknown address and for a wrong password alike
 */
export async function signInWithPassword(
  db: Db,
  clock: () => number,
  given: { email: string; password: string; earlierToken: string | null },
): Promise<{ sessionToken: string; memberId: string }> {
  const member = await findMemberByEmail(db, toEmail(given.email));
  if (!(await isPassword(given.password, member?.passwordHash ?? null)) || !member) {
    throw new Problem("unauthenticated", "This e-mail address and password don't belong together.");
  }
  const sessionToken = await db.transaction(async (tx) => {
    if (given.earlierToken) await deleteSession(tx, hashToken(given.earlierToken));
    return startSession(tx, member.id, new Date(clock()));
  });
  return { sessionToken, memberId: member.id };
}
