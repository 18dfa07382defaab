import { Hono } from "hono";
import { stream } from "hono/streaming";
import { Problem } from "../../problem.ts";
import { changeProject } from "../../projects/change-project.ts";
import { findProject } from "../../projects/find-project.ts";
import { projectChangeSchema, readSettings } from "../../projects/settings.ts";
import { includesRole } from "../../sign-in/role.ts";
import { eraseUser } from "../../users/erase-user.ts";
import { exportUser } from "../../users/export-user.ts";
import type { DashboardContext, DashboardEnv } from "../env.ts";
import { auditAction, readForm } from "../form.ts";
import { type PageDeps, renderPage } from "../render.tsx";
import { requireRole } from "../require-session.ts";
import { PrivacyPage } from "./privacy-page.tsx";

/** Export and erasure of a person. */
export function privacyPages(deps: PageDeps): Hono<DashboardEnv> {
  const app = new Hono<DashboardEnv>();
  const { sql } = deps.database;

  async function show(
    c: DashboardContext,
    said: { erased: Record<string, number> | null; fault: string | null },
  ): Promise<Response> {
    const { id, role } = c.get("project");
    const project = await findProject(sql, id);
    return renderPage(
      c,
      deps,
      { title: "Privacy", section: "data", status: said.fault ? 400 : 200 },
      <PrivacyPage
        retentionDays={readSettings(project?.settings ?? {}).retentionDays}
        canChange={includesRole(role, "admin")}
        {...said}
      />,
    );
  }

  app.get("/dashboard/data/privacy", (c) => show(c, { erased: null, fault: null }));

  app.post("/dashboard/data/privacy/retention", requireRole("admin"), async (c) => {
    const given = (await readForm(c))("days");
    const wish = { retentionDays: given === "" ? null : Number(given) };
    const change = projectChangeSchema.safeParse(wish);
    if (!change.success) {
      return show(c, {
        erased: null,
        fault: "Events are kept for 31 to 36,500 days, or without end.",
      });
    }
    await changeProject(sql, c.get("project").id, change.data);
    const target = `retention: ${given || "without end"}`;
    await auditAction(c, sql, { action: "project.changed", target, at: deps.clock() });
    return c.redirect("/dashboard/data/privacy?said=saved", 303);
  });

  app.post("/dashboard/data/privacy/export", requireRole("admin"), async (c) => {
    const userId = (await readForm(c))("user");
    try {
      const portions = await exportUser(sql, c.get("project").id, userId);
      await auditAction(c, sql, { action: "user.exported", at: deps.clock() });
      c.header("content-type", "application/json");
      c.header("content-disposition", 'attachment; filename="user.json"');
      return stream(c, async (out) => {
        for await (const portion of portions) await out.write(portion);
      });
    } catch (error) {
      if (error instanceof Problem) return show(c, { erased: null, fault: error.message });
      throw error;
    }
  });

  app.post("/dashboard/data/privacy/erase", requireRole("admin"), async (c) => {
    const field = await readForm(c);
    const userId = field("user");
    if (userId === "" || userId !== field("again")) {
      return show(c, { erased: null, fault: "The two ids are not the same; nothing was erased." });
    }
    const actor = c.get("session").member.name;
    const { erased } = await eraseUser(deps, { projectId: c.get("project").id, userId, actor });
    return show(c, { erased, fault: null });
  });
  return app;
}
