import { and, desc, eq, gt, isNull, lt, or } from "drizzle-orm";
import type { Queryable } from "../db/client.ts";
import { dashboardSessions, members, memberships, signInLinks } from "../db/schema/dashboard.ts";
import { projects } from "../db/schema/projects.ts";
import { readSettings } from "../projects/settings.ts";
import type { Role } from "./role.ts";

export type LinkRow = typeof signInLinks.$inferSelect;

export async function findOwnerId(db: Queryable): Promise<string | null> {
  const [row] = await db
    .select({ id: members.id })
    .from(members)
    .where(and(eq(members.isOwner, true), isNull(members.removedAt)))
    .orderBy(members.createdAt)
    .limit(1);
  return row?.id ?? null;
}

export async function insertMember(
  db: Queryable,
  member: typeof members.$inferInsert,
): Promise<void> {
  await db.insert(members).values(member);
}

export async function insertMembership(
  db: Queryable,
  membership: typeof memberships.$inferInsert,
): Promise<void> {
  await db.insert(memberships).values(membership).onConflictDoNothing();
}

export async function insertLink(
  db: Queryable,
  link: typeof signInLinks.$inferInsert,
): Promise<void> {
  await db.insert(signInLinks).values(link);
}

/** Links that were printed before and are still open. */
export async function deleteOpenOwnerLinks(db: Queryable): Promise<void> {
  await db
    .delete(signInLinks)
    .where(and(eq(signInLinks.kind, "owner"), isNull(signInLinks.usedAt)));
}

export async function findOpenLink(
  db: Queryable,
  tokenHash: Buffer,
  now: Date,
): Promise<LinkRow | null> {
  const [row] = await db
    .select()
    .from(signInLinks)
    .where(
      and(
        eq(signInLinks.tokenHash, tokenHash),
        isNull(signInLinks.usedAt),
        gt(signInLinks.expiresAt, now),
      ),
    );
  return row ?? null;
}

/** Takes a link, so that it works once however many ask at the same moment. */
export async function claimLink(
  db: Queryable,
  tokenHash: Buffer,
  now: Date,
): Promise<LinkRow | null> {
  const [row] = await db
    .update(signInLinks)
    .set({ usedAt: now })
    .where(
      and(
        eq(signInLinks.tokenHash, tokenHash),
        isNull(signInLinks.usedAt),
        gt(signInLinks.expiresAt, now),
      ),
    )
    .returning();
  return row ?? null;
}

export async function insertSession(
  db: Queryable,
  session: typeof dashboardSessions.$inferInsert,
): Promise<void> {
  await db.delete(dashboardSessions).where(lt(dashboardSessions.expiresAt, session.createdAt));
  await db.insert(dashboardSessions).values(session);
}

export async function findSessionRow(db: Queryable, tokenHash: Buffer, now: Date) {
  const [row] = await db
    .select({
      memberId: members.id,
      name: members.name,
      email: members.email,
      isOwner: members.isOwner,
      projectId: dashboardSessions.projectId,
      createdAt: dashboardSessions.createdAt,
      seenAt: dashboardSessions.seenAt,
    })
    .from(dashboardSessions)
    .innerJoin(members, eq(members.id, dashboardSessions.memberId))
    .where(
      and(
        eq(dashboardSessions.tokenHash, tokenHash),
        gt(dashboardSessions.expiresAt, now),
        isNull(members.removedAt),
      ),
    );
  return row ?? null;
}

/** The projects that somebody may see, each with the role there; the owner sees all. */
export async function listMemberProjects(
  db: Queryable,
  member: { memberId: string; isOwner: boolean },
): Promise<{ id: string; name: string; timeZone: string; currency: string | null; role: Role }[]> {
  const rows = await db
    .select({
      id: projects.id,
      name: projects.name,
      timeZone: projects.timeZone,
      settings: projects.settings,
      role: memberships.role,
    })
    .from(projects)
    .leftJoin(
      memberships,
      and(eq(memberships.projectId, projects.id), eq(memberships.memberId, member.memberId)),
    )
    .orderBy(projects.createdAt);
  return rows.flatMap((row) => {
    const { settings, ...project } = row;
    const role = member.isOwner ? "admin" : row.role;
    return role ? [{ ...project, currency: readSettings(settings).currency, role }] : [];
  });
}

export async function updateSession(
  db: Queryable,
  tokenHash: Buffer,
  change: Partial<{ projectId: string; seenAt: Date; expiresAt: Date }>,
): Promise<void> {
  await db.update(dashboardSessions).set(change).where(eq(dashboardSessions.tokenHash, tokenHash));
}

export async function deleteSession(db: Queryable, tokenHash: Buffer): Promise<void> {
  await db.delete(dashboardSessions).where(eq(dashboardSessions.tokenHash, tokenHash));
}

export async function listProjectMembers(db: Queryable, projectId: string) {
  return db
    .select({
      id: members.id,
      name: members.name,
      email: members.email,
      isOwner: members.isOwner,
      role: memberships.role,
      createdAt: members.createdAt,
    })
    .from(members)
    .leftJoin(
      memberships,
      and(eq(memberships.memberId, members.id), eq(memberships.projectId, projectId)),
    )
    .where(
      and(
        isNull(members.removedAt),
        or(eq(members.isOwner, true), eq(memberships.projectId, projectId)),
      ),
    )
    .orderBy(members.createdAt);
}

export async function deleteMembership(
  db: Queryable,
  projectId: string,
  memberId: string,
): Promise<boolean> {
  const rows = await db
    .delete(memberships)
    .where(and(eq(memberships.projectId, projectId), eq(memberships.memberId, memberId)))
    .returning({ id: memberships.memberId });
  return rows.length > 0;
}

export async function deleteMemberSessions(db: Queryable, memberId: string): Promise<void> {
  await db.delete(dashboardSessions).where(eq(dashboardSessions.memberId, memberId));
}

export async function listOpenInvites(db: Queryable, projectId: string, now: Date) {
  return db
    .select({
      tokenHash: signInLinks.tokenHash,
      role: signInLinks.role,
      note: signInLinks.note,
      createdAt: signInLinks.createdAt,
      expiresAt: signInLinks.expiresAt,
    })
    .from(signInLinks)
    .where(
      and(
        eq(signInLinks.kind, "invite"),
        eq(signInLinks.projectId, projectId),
        isNull(signInLinks.usedAt),
        gt(signInLinks.expiresAt, now),
      ),
    )
    .orderBy(signInLinks.createdAt);
}

export async function findMember(db: Queryable, memberId: string) {
  const [row] = await db
    .select({ name: members.name, email: members.email, passwordHash: members.passwordHash })
    .from(members)
    .where(eq(members.id, memberId));
  return row ?? null;
}

export async function findMemberPassword(db: Queryable, memberId: string): Promise<string | null> {
  return (await findMember(db, memberId))?.passwordHash ?? null;
}

/** @param email - in lower case */
export async function findMemberByEmail(db: Queryable, email: string) {
  const [row] = await db
    .select({ id: members.id, passwordHash: members.passwordHash })
    .from(members)
    .where(and(eq(members.email, email), isNull(members.removedAt)));
  return row ?? null;
}

export async function updateMemberPassword(
  db: Queryable,
  memberId: string,
  change: { email: string | null; passwordHash: string | null },
): Promise<void> {
  await db.update(members).set(change).where(eq(members.id, memberId));
}

export async function listMemberSessions(db: Queryable, memberId: string, now: Date) {
  return db
    .select({
      tokenHash: dashboardSessions.tokenHash,
      createdAt: dashboardSessions.createdAt,
      seenAt: dashboardSessions.seenAt,
    })
    .from(dashboardSessions)
    .where(and(eq(dashboardSessions.memberId, memberId), gt(dashboardSessions.expiresAt, now)))
    .orderBy(desc(dashboardSessions.seenAt))
    .limit(50);
}
