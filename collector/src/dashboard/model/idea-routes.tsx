import { Hono } from "hono";
import { validate as isUuid } from "uuid";
import { addIdea, answerIdea, getIdea, listIdeas } from "../../models/changelog/ideas.ts";
import { ideaAnswer, newIdea } from "../../models/changelog/schema.ts";
import { writeChangelog } from "../../models/changelog/write-changelog.ts";
import { Problem } from "../../problem.ts";
import { findProject } from "../../projects/find-project.ts";
import { includesRole } from "../../sign-in/role.ts";
import type { DashboardContext, DashboardEnv } from "../env.ts";
import { toNamedFaults } from "../field-faults.ts";
import { auditAction, readForm } from "../form.ts";
import { type PageDeps, renderPage } from "../render.tsx";
import { requireRole } from "../require-session.ts";
import type { FieldFault } from "../ui/field.tsx";
import { IdeasPage } from "./ideas-page.tsx";

const IDEAS = "/dashboard/model/ideas";
const LABELS = { title: "What to change", why: "Why" };

/** The backlog of the score, and how the score came about as a document. */
export function ideaPages(deps: PageDeps): Hono<DashboardEnv> {
  const app = new Hono<DashboardEnv>();
  const { sql } = deps.database;

  async function show(
    c: DashboardContext,
    draft = { title: "", why: "" },
    faults: FieldFault[] = [],
  ): Promise<Response> {
    const { id, role } = c.get("project");
    const canChange = includesRole(role, "operator");
    return renderPage(
      c,
      deps,
      { title: "Backlog", section: "model", status: faults.length > 0 ? 400 : 200 },
      <IdeasPage {...{ ideas: await listIdeas(sql, id), canChange, draft, faults }} />,
    );
  }

  app.get(IDEAS, (c) => show(c));

  app.post(IDEAS, requireRole("operator"), async (c) => {
    const field = await readForm(c);
    const author = c.get("session").member.name;
    const draft = { title: field("title"), why: field("why") };
    const given = newIdea.safeParse({ ...draft, author });
    if (!given.success) {
      return show(c, draft, toNamedFaults(given.error, LABELS));
    }
    const now = deps.clock();
    const idea = await addIdea(sql, { ...given.data, projectId: c.get("project").id, now });
    const entry = { action: "model_idea.created" as const, target: idea.id, at: now };
    // What people wrote stays out of the log.
    await auditAction(c, deps, { ...entry, after: { title: idea.title, author } });
    return c.redirect(`${IDEAS}?said=saved`, 303);
  });

  app.post(`${IDEAS}/:id`, requireRole("operator"), async (c) => {
    const field = await readForm(c);
    const id = c.req.param("id");
    if (!isUuid(id)) throw new Problem("not-found", "There is no such idea.");
    const projectId = c.get("project").id;
    await getIdea(sql, projectId, id);
    const author = c.get("session").member.name;
    const answer = { status: field("status"), answer: field("answer"), author };
    const given = ideaAnswer.safeParse(answer);
    if (!given.success) throw new Problem("invalid-request", "Say what became of it.");
    const now = deps.clock();
    await answerIdea(sql, { ...given.data, projectId, id, now });
    const entry = { action: "model_idea.answered" as const, target: id, at: now };
    const { status } = given.data;
    await auditAction(c, deps, { ...entry, after: { status, answeredBy: author } });
    return c.redirect(`${IDEAS}?said=saved`, 303);
  });

  app.get("/dashboard/model/changelog.md", async (c) => {
    const now = deps.clock();
    const project = await findProject(sql, c.get("project").id);
    if (!project) throw new Problem("not-found", "There is no such project.");
    c.header("content-type", "text/markdown; charset=utf-8");
    c.header("content-disposition", 'attachment; filename="model-changelog.md"');
    return c.body(await writeChangelog(sql, project, now));
  });
  return app;
}
