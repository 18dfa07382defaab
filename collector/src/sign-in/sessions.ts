import type { Db } from "../db/client.ts";
import { deleteMemberSessions, findMember, listMemberSessions } from "./queries.ts";
import { hashToken } from "./token.ts";
import { startSession } from "./use-sign-in-link.ts";

/** A member's own account on this collector. */
export interface OwnAccount {
  name: string;
  email: string | null;
  hasPassword: boolean;
  /** Newest first. */
  sessions: { isThis: boolean; createdAt: Date; seenAt: Date }[];
}

/** What a member may know of their own account. */
export async function readOwnAccount(
  db: Db,
  clock: () => number,
  { memberId, sessionToken }: { memberId: string; sessionToken: string },
): Promise<OwnAccount> {
  const [member, rows] = await Promise.all([
    findMember(db, memberId),
    listMemberSessions(db, memberId, new Date(clock())),
  ]);
  const own = hashToken(sessionToken);
  return {
    name: member?.name ?? "",
    email: member?.email ?? null,
    hasPassword: member?.passwordHash != null,
    sessions: rows.map(({ tokenHash, createdAt, seenAt }) => ({
      isThis: own.equals(tokenHash),
      createdAt,
      seenAt,
    })),
  };
}

/**
 * Ends all sessions of a member and begins a new one for who asked.
 *
 * @returns the token of the new session
 */
export async function endOtherSessions(
  db: Db,
  clock: () => number,
  memberId: string,
): Promise<string> {
  return db.transaction(async (tx) => {
    await deleteMemberSessions(tx, memberId);
    return startSession(tx, memberId, new Date(clock()));
  });
}
