import { Hono } from "hono";
import { changeProject, getProject } from "../../projects/change-project.ts";
import { projectChangeSchema } from "../../projects/settings.ts";
import { includesRole } from "../../sign-in/role.ts";
import type { DashboardContext, DashboardEnv } from "../env.ts";
import { toNamedFaults } from "../field-faults.ts";
import { auditAction, readForm } from "../form.ts";
import { type PageDeps, renderPage } from "../render.tsx";
import { requireRole } from "../require-session.ts";
import type { FieldFault } from "../ui/field.tsx";
import { ProjectPage } from "./project-page.tsx";

const PATH = "/dashboard/data/project";

/** The project's own name and currency. */
export function projectPages(deps: PageDeps): Hono<DashboardEnv> {
  const app = new Hono<DashboardEnv>();
  const { sql } = deps.database;

  function show(
    c: DashboardContext,
    draft: { name: string; currency: string },
    faults: FieldFault[] = [],
  ): Promise<Response> {
    const project = c.get("project");
    return renderPage(
      c,
      deps,
      { title: "Project", section: "data", status: faults.length > 0 ? 400 : 200 },
      <ProjectPage
        project={project}
        canChange={includesRole(project.role, "admin")}
        draft={draft}
        faults={faults}
      />,
    );
  }

  app.get(PATH, (c) => {
    const { name, currency } = c.get("project");
    return show(c, { name, currency: currency ?? "" });
  });

  app.post(PATH, requireRole("admin"), async (c) => {
    const field = await readForm(c);
    const draft = { name: field("name"), currency: field("currency").toUpperCase() };
    const read = projectChangeSchema.safeParse({ ...draft, currency: draft.currency || null });
    if (!read.success) {
      const labels = { name: "The name", currency: "The currency" };
      return show(c, draft, toNamedFaults(read.error, labels));
    }
    const { id } = c.get("project");
    const before = await getProject(sql, id);
    const after = await changeProject(sql, id, read.data);
    deps.keyRing.forget();
    await auditAction(c, deps, {
      action: "project.changed",
      target: id,
      at: deps.clock(),
      before,
      after,
    });
    return c.redirect(`${PATH}?said=saved`, 303);
  });
  return app;
}
