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
import { auditAction, originOf, readForm } from "../form.ts";
import { type PageDeps, renderPage } from "../render.tsx";
import { requireRole } from "../require-session.ts";
import type { FieldFault } from "../ui/field.tsx";
import { PrivacyPage } from "./privacy-page.tsx";

interface Said {
  /** Rows by table. */
  erased?: Record<string, number> | null;
  typed?: { days?: string; user?: string; exportUser?: string };
  faults?: FieldFault[];
}

/** Retention, and export and erasure of a person. */
export function privacyPages(deps: PageDeps): Hono<DashboardEnv> {
  const app = new Hono<DashboardEnv>();
  const { sql } = deps.database;

  async function show(
    c: DashboardContext,
    { erased = null, typed = {}, faults = [] }: Said = {},
  ): Promise<Response> {
    const { id, role } = c.get("project");
    const project = await findProject(sql, id);
    return renderPage(
      c,
      deps,
      { title: "Privacy", section: "data", status: faults.length > 0 ? 400 : 200 },
      <PrivacyPage
        retentionDays={readSettings(project?.settings ?? {}).retentionDays}
        canChange={includesRole(role, "admin")}
        erased={erased}
        typed={typed}
        faults={faults}
      />,
    );
  }

  app.get("/dashboard/data/privacy", (c) => show(c));

  app.post("/dashboard/data/privacy/retention", requireRole("admin"), async (c) => {
    const given = (await readForm(c))("days");
    const wish = { retentionDays: given === "" ? null : Number(given) };
    const change = projectChangeSchema.safeParse(wish);
    if (!change.success) {
      const message = "Events are kept for 31 to 36,500 days, or without end.";
      return show(c, { typed: { days: given }, faults: [{ field: "days", message }] });
    }
    const before = readSettings((await findProject(sql, c.get("project").id))?.settings ?? {});
    await changeProject(sql, c.get("project").id, change.data);
    await auditAction(c, deps, {
      action: "project.changed",
      target: "retentionDays",
      at: deps.clock(),
      before: { retentionDays: before.retentionDays },
      after: wish,
    });
    return c.redirect("/dashboard/data/privacy?said=saved", 303);
  });

  app.post("/dashboard/data/privacy/export", requireRole("admin"), async (c) => {
    const userId = (await readForm(c))("exportUser");
    if (userId === "") {
      return show(c, {
        faults: [{ field: "exportUser", message: "Whose data? Give the user id." }],
      });
    }
    try {
      const portions = await exportUser(sql, c.get("project").id, userId);
      await auditAction(c, deps, { action: "user.exported", at: deps.clock() });
      c.header("content-type", "application/json");
      c.header("content-disposition", 'attachment; filename="user.json"');
      return stream(c, async (out) => {
        for await (const portion of portions) await out.write(portion);
      });
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      const faults = [{ field: "exportUser", message: error.message }];
      return show(c, { typed: { exportUser: userId }, faults });
    }
  });

  app.post("/dashboard/data/privacy/erase", requireRole("admin"), async (c) => {
    const form = await readForm(c);
    const userId = form("user");
    if (userId === "" || userId !== form("again")) {
      const message =
        userId === ""
          ? "Whom? Give the user id."
          : "The two ids are not the same; nothing was erased.";
      const field = userId === "" ? "user" : "again";
      return show(c, { typed: { user: userId }, faults: [{ field, message }] });
    }
    try {
      const { erased } = await eraseUser(deps, userId, originOf(c));
      return show(c, { erased });
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      const faults = [{ field: "user", message: error.message }];
      return show(c, { typed: { user: userId }, faults });
    }
  });
  return app;
}
