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
import { AuditPage } from "./audit-page.tsx";
import { PeoplePage } from "./people-page.tsx";

/** Members, invitations and the audit log. */
export function peoplePages(deps: PageDeps): Hono<DashboardEnv> {
  const app = new Hono<DashboardEnv>();
  const { sql, db } = deps.database;
  const linkDeps = { db, clock: deps.clock, publicUrl: deps.publicUrl };

  async function show(c: DashboardContext, link: string | null): Promise<Response> {
    const project = c.get("project");
    const [members, invites] = await Promise.all([
      listMembers(db, project.id),
      listInvites(db, deps.clock, project.id),
    ]);
    const canChange = includesRole(project.role, "admin");
    return renderPage(
      c,
      deps,
      { title: "People", section: "people" },
      <PeoplePage members={members} invites={invites} canChange={canChange} link={link} />,
    );
  }

  app.get("/dashboard/people", (c) => show(c, null));

  app.post("/dashboard/people", requireRole("admin"), async (c) => {
    const field = await readForm(c);
    const role = ROLES.find((one) => one === field("role"));
    if (!role) throw new Problem("invalid-request", "The role is viewer, operator or admin.");
    const note = field("note").slice(0, 80);
    const link = await inviteMember(linkDeps, { projectId: c.get("project").id, role, note });
    await auditAction(c, sql, {
      action: "member.invited",
      target: `${note} (${role})`,
      at: deps.clock(),
    });
    return show(c, link);
  });

  app.post("/dashboard/people/:id/link", requireRole("admin"), async (c) => {
    const key = { projectId: c.get("project").id, memberId: memberIdOf(c) };
    const link = await createReturnLink(linkDeps, key);
    await auditAction(c, sql, {
      action: "member.link_made",
      target: key.memberId,
      at: deps.clock(),
    });
    return show(c, link);
  });

  app.post("/dashboard/people/:id/remove", requireRole("admin"), async (c) => {
    const key = { projectId: c.get("project").id, memberId: memberIdOf(c) };
    await removeMember(db, key);
    await auditAction(c, sql, { action: "member.removed", target: key.memberId, at: deps.clock() });
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
