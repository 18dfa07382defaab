import type { Db } from "../db/client.ts";
import { deleteSession, findSessionRow, listMemberProjects, updateSession } from "./queries.ts";
import type { Role } from "./role.ts";
import { hashToken } from "./token.ts";
import { SESSION_MS } from "./use-sign-in-link.ts";

/** A project as its member sees it. */
export interface MemberProject {
  id: string;
  name: string;
  /** IANA name. */
  timeZone: string;
  /** ISO 4217, of what accounts pay; null: nobody said. */
  currency: string | null;
  role: Role;
}

/** Who is looking, and at what. */
export interface Session {
  member: { id: string; name: string; isOwner: boolean };
  /** All that the member may see. */
  projects: MemberProject[];
  /** The one that is looked at; null for a member without any. */
  project: MemberProject | null;
}

const RENEW_AFTER_MS = 3_600_000;
/** However much it is used, after so long its member signs in again. */
const LONGEST_MS = 90 * 86_400_000;

/** The session of a cookie, kept alive by its use; null when it ended. */
export async function findSession(
  db: Db,
  clock: () => number,
  sessionToken: string,
): Promise<Session | null> {
  const now = clock();
  const tokenHash = hashToken(sessionToken);
  const row = await findSessionRow(db, tokenHash, new Date(now));
  if (!row) return null;
  if (now - row.seenAt.getTime() > RENEW_AFTER_MS) {
    const expiresAt = new Date(Math.min(now + SESSION_MS, row.createdAt.getTime() + LONGEST_MS));
    await updateSession(db, tokenHash, { seenAt: new Date(now), expiresAt });
  }
  const projects = await listMemberProjects(db, row);
  const project = projects.find(({ id }) => id === row.projectId) ?? projects[0] ?? null;
  return {
    member: { id: row.memberId, name: row.name, isOwner: row.isOwner },
    projects,
    project,
  };
}

/** Looks at another project from now on; one that the member may not see is left alone. */
export async function switchProject(
  db: Db,
  session: Session,
  sessionToken: string,
  projectId: string,
): Promise<boolean> {
  if (!session.projects.some(({ id }) => id === projectId)) return false;
  await updateSession(db, hashToken(sessionToken), { projectId });
  return true;
}

/** Signs out. */
export async function endSession(db: Db, sessionToken: string): Promise<void> {
  await deleteSession(db, hashToken(sessionToken));
}
