import { Hono } from "hono";
import { validate as isUuid } from "uuid";
import { listAudit } from "../../audit/list-audit.ts";
import { Problem } from "../../problem.ts";
import {
  createReturnLink,
  inviteMember,
  listInvites,
  listMembers,
  removeMember,
} from "../../sign-in/members.ts";
import { includesRole, ROLES } from "../../sign-in/role.ts";
import type { DashboardContext, DashboardEnv } from "../env.ts";
import { auditAction, readForm } from "../form.ts";
import { type PageDeps, renderPage } from "../render.tsx";
import { requireRole } from "../require-session.ts";
import type { FieldFault } from "../ui/field.tsx";
import { AuditPage } from "./audit-page.tsx";
import { PeoplePage } from "./people-page.tsx";

interface Said {
  /** Just made; shown this once. */
  link?: string | null;
  draft?: { note: string; role: string };
  faults?: FieldFault[];
}

/** Members, invitations and the audit log. */
export function peoplePages(deps: PageDeps): Hono<DashboardEnv> {
  const app = new Hono<DashboardEnv>();
  const { db } = deps.database;
  const linkDeps = { db, clock: deps.clock, publicUrl: deps.publicUrl };

  async function show(
    c: DashboardContext,
    { link = null, draft = { note: "", role: "viewer" }, faults = [] }: Said = {},
  ): Promise<Response> {
    const project = c.get("project");
    const [members, invites] = await Promise.all([
      listMembers(db, project.id),
      listInvites(db, deps.clock, project.id),
    ]);
    const canChange = includesRole(project.role, "admin");
    return renderPage(
      c,
      deps,
      { title: "People", section: "people", status: faults.length > 0 ? 400 : 200 },
      <PeoplePage
        members={members}
        invites={invites}
        canChange={canChange}
        link={link}
        draft={draft}
        faults={faults}
      />,
    );
  }

  app.get("/dashboard/people", (c) => show(c));

  app.post("/dashboard/people", requireRole("admin"), async (c) => {
    const field = await readForm(c);
    const role = ROLES.find((one) => one === field("role"));
    const note = field("note");
    const faults = [
      ...(note === "" || note.length > 80
        ? [{ field: "note", message: "Say in 1 to 80 characters whom the link is for." }]
        : []),
      ...(role ? [] : [{ field: "role", message: "The role is viewer, operator or admin." }]),
    ];
    if (!role || faults.length > 0) {
      return show(c, { draft: { note, role: field("role") }, faults });
    }
    const link = await inviteMember(linkDeps, { projectId: c.get("project").id, role, note });
    const entry = {
      action: "member.invited" as const,
      target: `${note} (${role})`,
      at: deps.clock(),
    };
    await auditAction(c, deps, { ...entry, after: { role } });
    return show(c, { link });
  });

  app.post("/dashboard/people/:id/link", requireRole("admin"), async (c) => {
    const key = { projectId: c.get("project").id, memberId: memberIdOf(c) };
    const link = await createReturnLink(linkDeps, key);
    await auditAction(c, deps, {
      action: "member.link_made",
      target: key.memberId,
      at: deps.clock(),
    });
    return show(c, { link });
  });

  app.post("/dashboard/people/:id/remove", requireRole("admin"), async (c) => {
    const key = { projectId: c.get("project").id, memberId: memberIdOf(c) };
    const member = (await listMembers(db, key.projectId)).find(({ id }) => id === key.memberId);
    await removeMember(db, key);
    const entry = { action: "member.removed" as const, target: key.memberId, at: deps.clock() };
    const before = member && { name: member.name, role: member.role };
    await auditAction(c, deps, { ...entry, before });
    return c.redirect("/dashboard/people?said=removed", 303);
  });

  app.get("/dashboard/people/audit", async (c) => {
    const cursor = c.req.query("cursor");
    const { data, nextCursor } = await listAudit(db, c.get("project").id, { limit: 50, cursor });
    return renderPage(
      c,
      deps,
      { title: "Audit log", section: "people" },
      <AuditPage entries={data} next={nextCursor} />,
    );
  });
  return app;
}

function memberIdOf(c: DashboardContext): string {
  const id = c.req.param("id") ?? "";
  if (!isUuid(id)) throw new Problem("not-found", "There is no such member in this project.");
  return id;
}
