import { Hono } from "hono";
import { validate as isUuid } from "uuid";
import { Problem } from "../../problem.ts";
import { findProject } from "../../projects/find-project.ts";
import { listSegmentNames } from "../../segments/find-members.ts";
import { includesRole } from "../../sign-in/role.ts";
import { changeSurvey, createSurvey, getSurvey } from "../../surveys/change-surveys.ts";
import { countAudience } from "../../surveys/count-audience.ts";
import { readResults } from "../../surveys/read-results.ts";
import { newSurveySchema } from "../../surveys/schema.ts";
import type { DashboardContext, DashboardEnv } from "../env.ts";
import { auditAction, readForm } from "../form.ts";
import { type PageDeps, renderPage } from "../render.tsx";
import { requireRole } from "../require-session.ts";
import { readBookSummary } from "../summaries/summarise-book.ts";
import { BuildPage } from "./build-page.tsx";
import { parseDraft, type SurveyDraft, toNewSurvey } from "./draft.ts";
import { SurveysPage } from "./list-page.tsx";
import { readSurveyRows } from "./read-surveys.ts";
import { ResultsPage } from "./results-page.tsx";

/** Surveys: what is asked, whom, and what came back. */
export function surveyPages(deps: PageDeps): Hono<DashboardEnv> {
  const app = new Hono<DashboardEnv>();
  const { sql, db } = deps.database;

  app.get("/dashboard/surveys", async (c) => {
    const project = c.get("project");
    const surveys = await readSurveyRows(deps, project);
    return renderPage(
      c,
      deps,
      { title: "Surveys", section: "surveys" },
      <SurveysPage surveys={surveys} canChange={includesRole(project.role, "operator")} />,
    );
  });

  async function showForm(
    c: DashboardContext,
    draft: SurveyDraft,
    faults: string[],
  ): Promise<Response> {
    const project = c.get("project");
    const [segments, { words }] = await Promise.all([
      listSegmentNames(db, project.id),
      readBookSummary(sql, project, deps.clock()),
    ]);
    return renderPage(
      c,
      deps,
      {
        title: "New survey",
        section: "surveys",
        islands: ["trial"],
        status: faults.length > 0 ? 400 : 200,
      },
      <BuildPage draft={draft} segments={segments} features={words.features} faults={faults} />,
    );
  }

  app.get("/dashboard/surveys/new", requireRole("operator"), (c) =>
    showForm(
      c,
      parseDraft((name) => c.req.query(name)?.trim() ?? ""),
      [],
    ),
  );

  app.post("/dashboard/surveys", requireRole("operator"), async (c) => {
    const draft = parseDraft(await readForm(c));
    const parsed = newSurveySchema.safeParse(toNewSurvey(draft));
    if (!parsed.success) {
      const faults = parsed.error.issues.map(
        (issue) => `${issue.path.map(String).join(" ")}: ${issue.message}`,
      );
      return showForm(c, draft, faults);
    }
    const projectId = c.get("project").id;
    try {
      const survey = await createSurvey(db, deps.clock, { ...parsed.data, projectId });
      await auditAction(c, sql, {
        action: "survey.created",
        target: survey.name,
        at: deps.clock(),
      });
      return c.redirect(`/dashboard/surveys/${survey.id}?said=created`, 303);
    } catch (error) {
      if (error instanceof Problem) return showForm(c, draft, [error.message]);
      throw error;
    }
  });

  app.get("/dashboard/surveys/:id", async (c) => {
    const id = surveyIdOf(c);
    const project = await findProject(sql, c.get("project").id);
    if (!project) throw new Problem("not-found", "There is no such project.");
    const [survey, results, audience] = await Promise.all([
      getSurvey(db, project.id, id),
      readResults(deps, { project, surveyId: id }),
      c.req.query("audience") ? countAudience(deps, project, id) : null,
    ]);
    return renderPage(
      c,
      deps,
      { title: survey.name, section: "surveys" },
      <ResultsPage
        survey={survey}
        results={results}
        audience={audience}
        canChange={includesRole(c.get("project").role, "operator")}
      />,
    );
  });

  app.post("/dashboard/surveys/:id/status", requireRole("operator"), async (c) => {
    const id = surveyIdOf(c);
    const status = (await readForm(c))("status");
    if (status !== "live" && status !== "stopped") {
      throw new Problem("invalid-request", "A survey is started or stopped.");
    }
    await changeSurvey(db, deps.clock, { projectId: c.get("project").id, id, status });
    await auditAction(c, sql, { action: `survey.${status}`, target: id, at: deps.clock() });
    return c.redirect(`/dashboard/surveys/${id}?said=saved`, 303);
  });
  return app;
}

function surveyIdOf(c: DashboardContext): string {
  const id = c.req.param("id") ?? "";
  if (!isUuid(id)) throw new Problem("not-found", "There is no such survey in this project.");
  return id;
}
