import { Hono } from "hono";
import { validate as isUuid } from "uuid";
import { Problem } from "../../problem.ts";
import { changeProject } from "../../projects/change-project.ts";
import { findProject } from "../../projects/find-project.ts";
import { readSettings } from "../../projects/settings.ts";
import { includesRole } from "../../sign-in/role.ts";
import { changeSurvey, getSurvey, publishDraft } from "../../surveys/change-surveys.ts";
import { combineResults } from "../../surveys/combine-results.ts";
import { countAudience } from "../../surveys/count-audience.ts";
import { readResults } from "../../surveys/read-results.ts";
import { readResponsesCsv } from "../../surveys/responses-csv.ts";
import type { DashboardContext, DashboardEnv } from "../env.ts";
import { auditAction, readForm } from "../form.ts";
import { type PageDeps, renderPage } from "../render.tsx";
import { requireRole } from "../require-session.ts";
import type { FieldFault } from "../ui/field.tsx";
import { buildPages } from "./build-routes.tsx";
import { CombinedPage } from "./combined-page.tsx";
import { type LimitDraft, parseLimits, toLimitDraft, toLimits } from "./limit-draft.ts";
import { SurveysPage } from "./list-page.tsx";
import { readSurveyRows } from "./read-surveys.ts";
import { ResultsPage } from "./results-page.tsx";
import { parseDays, toSpan } from "./span.tsx";

/** Surveys: what is asked, whom, and what came back. */
export function surveyPages(deps: PageDeps): Hono<DashboardEnv> {
  const app = new Hono<DashboardEnv>();
  const { sql, db } = deps.database;

  async function projectOf(c: DashboardContext) {
    const project = await findProject(sql, c.get("project").id);
    if (!project) throw new Problem("not-found", "There is no such project.");
    return project;
  }

  async function showList(
    c: DashboardContext,
    typed?: { limits: LimitDraft[]; faults: FieldFault[] },
  ): Promise<Response> {
    const [surveys, { settings }] = await Promise.all([
      readSurveyRows(deps, c.get("project")),
      projectOf(c),
    ]);
    const { limits, faults } = typed ?? {
      limits: readSettings(settings).promptLimits.map(toLimitDraft),
      faults: [],
    };
    return renderPage(
      c,
      deps,
      { title: "Surveys", section: "surveys", status: faults.length > 0 ? 400 : 200 },
      <SurveysPage
        surveys={surveys}
        limits={limits}
        faults={faults}
        canChange={includesRole(c.get("project").role, "operator")}
      />,
    );
  }

  app.get("/dashboard/surveys", (c) => showList(c));

  app.post("/dashboard/surveys/limits", requireRole("operator"), async (c) => {
    const rows = parseLimits(await readForm(c));
    const read = toLimits(rows);
    if ("faults" in read) return showList(c, { limits: rows, faults: read.faults });
    const { id, settings } = await projectOf(c);
    await changeProject(sql, id, { promptLimits: read.limits });
    await auditAction(c, deps, {
      action: "project.changed",
      target: "promptLimits",
      at: deps.clock(),
      before: { promptLimits: readSettings(settings).promptLimits },
      after: { promptLimits: read.limits },
    });
    return c.redirect("/dashboard/surveys?said=saved#limits", 303);
  });

  app.route("/", buildPages(deps));

  app.get("/dashboard/surveys/combined", async (c) => {
    const project = await projectOf(c);
    const surveyIds = c.req.queries("survey") ?? [];
    if (surveyIds.length === 0 || !surveyIds.every((id) => isUuid(id))) {
      throw new Problem("invalid-request", "Choose the surveys to put together in their list.");
    }
    const days = parseDays(c.req.query("days"));
    const wish = { project, surveyIds, ...toSpan(days, deps.clock()) };
    return renderPage(
      c,
      deps,
      { title: "Surveys together", section: "surveys" },
      <CombinedPage results={await combineResults(deps, wish)} days={days} />,
    );
  });

  app.get("/dashboard/surveys/:id", async (c) => {
    const id = surveyIdOf(c);
    const project = await projectOf(c);
    const survey = await getSurvey(db, project.id, id);
    const days = parseDays(c.req.query("days"));
    const [results, audience] = await Promise.all([
      readResults(deps, { project, surveyId: id, ...toSpan(days, deps.clock()) }),
      c.req.query("audience") ? countAudience(deps, project, survey) : null,
    ]);
    return renderPage(
      c,
      deps,
      { title: survey.name, section: "surveys" },
      <ResultsPage
        survey={survey}
        results={results}
        audience={audience}
        days={days}
        canChange={includesRole(c.get("project").role, "operator")}
      />,
    );
  });

  app.get("/dashboard/surveys/:id/responses.csv", async (c) => {
    const id = surveyIdOf(c);
    const body = await readResponsesCsv(db, c.get("project").id, id);
    c.header("content-type", "text/csv; charset=utf-8");
    c.header("content-disposition", `attachment; filename="survey-${id}.csv"`);
    return c.body(body);
  });

  app.post("/dashboard/surveys/:id/status", requireRole("operator"), async (c) => {
    const id = surveyIdOf(c);
    const status = (await readForm(c))("status");
    if (status !== "live" && status !== "stopped") {
      throw new Problem("invalid-request", "A survey is started or stopped.");
    }
    const projectId = c.get("project").id;
    const before = await getSurvey(db, projectId, id);
    const after = await changeSurvey(db, deps.clock, { projectId, id, status });
    const entry = { action: `survey.${status}` as const, target: before.name, at: deps.clock() };
    await auditAction(c, deps, { ...entry, before, after });
    return c.redirect(`/dashboard/surveys/${id}?said=saved`, 303);
  });

  app.post("/dashboard/surveys/:id/draft", requireRole("operator"), async (c) => {
    const survey = { projectId: c.get("project").id, id: surveyIdOf(c) };
    const isPublished = (await readForm(c))("then") === "publish";
    const before = await getSurvey(db, survey.projectId, survey.id);
    if (isPublished) await publishDraft(db, deps.clock, survey);
    else await changeSurvey(db, deps.clock, { ...survey, draft: null });
    const action = isPublished ? "survey.published" : "survey.draft_discarded";
    const after = await getSurvey(db, survey.projectId, survey.id);
    const entry = { action, target: survey.id, at: deps.clock() } as const;
    await auditAction(c, deps, { ...entry, before, after });
    return c.redirect(`/dashboard/surveys/${survey.id}?said=saved`, 303);
  });
  return app;
}

/** @throws {Problem} not-found, when it is no id */
export function surveyIdOf(c: DashboardContext): string {
  const id = c.req.param("id") ?? "";
  if (!isUuid(id)) throw new Problem("not-found", "There is no such survey in this project.");
  return id;
}
