import { v7 } from "uuid";
import type { Db, Queryable } from "../db/client.ts";
import { Problem } from "../problem.ts";
import {
  claimLink,
  deleteSession,
  findOpenLink,
  insertMember,
  insertMembership,
  insertSession,
  type LinkRow,
} from "./queries.ts";
import { createToken, hashToken } from "./token.ts";

/** A session that nobody uses ends after so many milliseconds. */
export const SESSION_MS = 14 * 86_400_000;

/** What a link would do, without doing it; null when it is unknown, used or too old. */
export async function readSignInLink(
  db: Db,
  clock: () => number,
  token: string,
): Promise<Pick<LinkRow, "kind" | "role" | "note"> | null> {
  return findOpenLink(db, hashToken(token), new Date(clock()));
}

/**
 * Spends a link and starts a session with a token of its own; one that the browser had before ends.
 *
 * @param use - the new member's name, for an invitation; the token of the browser's present session
 * @throws {Problem} unauthenticated, when the link is unknown, used or too old
 */
export async function useSignInLink(
  db: Db,
  clock: () => number,
  use: { token: string; name: string; earlierToken: string | null },
): Promise<{ sessionToken: string; memberId: string }> {
  const now = new Date(clock());
  return db.transaction(async (tx) => {
    const link = await claimLink(tx, hashToken(use.token), now);
    if (!link) {
      throw new Problem("unauthenticated", "This link was used already, or is too old.");
    }
    if (use.earlierToken) await deleteSession(tx, hashToken(use.earlierToken));
    const memberId = link.memberId ?? (await joinByInvite(tx, link, use.name, now));
    return { sessionToken: await startSession(tx, memberId, now), memberId };
  });
}

/** @returns the token for the cookie */
export async function startSession(db: Queryable, memberId: string, now: Date): Promise<string> {
  const sessionToken = createToken();
  await insertSession(db, {
    tokenHash: hashToken(sessionToken),
    memberId,
    createdAt: now,
    seenAt: now,
    expiresAt: new Date(now.getTime() + SESSION_MS),
  });
  return sessionToken;
}

async function joinByInvite(
  tx: Queryable,
  link: LinkRow,
  name: string,
  now: Date,
): Promise<string> {
  if (!link.projectId || !link.role) throw new Error("an invitation names a project and a role");
  const memberId = v7();
  await insertMember(tx, {
    id: memberId,
    name: name.trim().slice(0, 80) || link.note || "Member",
    createdAt: now,
  });
  await insertMembership(tx, {
    projectId: link.projectId,
    memberId,
    role: link.role,
    createdAt: now,
  });
  return memberId;
}
