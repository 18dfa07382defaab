import type { Db } from "../db/client.ts";
import { Problem } from "../problem.ts";
import {
  deleteMemberSessions,
  deleteMembership,
  insertLink,
  listOpenInvites,
  listProjectMembers,
} from "./queries.ts";
import type { Role } from "./role.ts";
import { createToken, hashToken } from "./token.ts";

/** Somebody who may see a project. */
export interface Member {
  id: string;
  name: string;
  isOwner: boolean;
  role: Role;
  createdAt: Date;
}

const INVITE_MS = 7 * 86_400_000;
const RETURN_MS = 86_400_000;

/** The members of a project, the owner first. */
export async function listMembers(db: Db, projectId: string): Promise<Member[]> {
  const rows = await listProjectMembers(db, projectId);
  return rows.map(({ role, ...member }) => ({
    ...member,
    role: member.isOwner ? "admin" : (role ?? "viewer"),
  }));
}

/** A link that makes whoever opens it first a member; it is valid for 7 days. */
export async function inviteMember(
  deps: { db: Db; clock: () => number; publicUrl: string },
  invite: { projectId: string; role: Role; note: string },
): Promise<string> {
  const token = createToken();
  const now = deps.clock();
  await insertLink(deps.db, {
    tokenHash: hashToken(token),
    kind: "invite",
    ...invite,
    createdAt: new Date(now),
    expiresAt: new Date(now + INVITE_MS),
  });
  return `${deps.publicUrl}/dashboard/sign-in?token=${token}`;
}

/**
 * A link that lets a member in again, once, within a day.
 *
 * @throws {Problem} not-found, for somebody who is no member here, and for the owner
 */
export async function createReturnLink(
  deps: { db: Db; clock: () => number; publicUrl: string },
  key: { projectId: string; memberId: string },
): Promise<string> {
  const member = (await listMembers(deps.db, key.projectId)).find(({ id }) => id === key.memberId);
  if (!member || member.isOwner) throw noMember();
  const token = createToken();
  const now = deps.clock();
  await insertLink(deps.db, {
    tokenHash: hashToken(token),
    kind: "return",
    memberId: member.id,
    createdAt: new Date(now),
    expiresAt: new Date(now + RETURN_MS),
  });
  return `${deps.publicUrl}/dashboard/sign-in?token=${token}`;
}

/**
 * Ends a membership and the sessions that were opened with it.
 *
 * @throws {Problem} not-found
 */
export async function removeMember(
  db: Db,
  key: { projectId: string; memberId: string },
): Promise<void> {
  await db.transaction(async (tx) => {
    if (!(await deleteMembership(tx, key.projectId, key.memberId))) throw noMember();
    await deleteMemberSessions(tx, key.memberId);
  });
}

/** Invitations that nobody took yet. */
export async function listInvites(db: Db, clock: () => number, projectId: string) {
  const rows = await listOpenInvites(db, projectId, new Date(clock()));
  return rows.map(({ role, note, expiresAt }) => ({ role, note, expiresAt }));
}

const noMember = () => new Problem("not-found", "There is no such member in this project.");
