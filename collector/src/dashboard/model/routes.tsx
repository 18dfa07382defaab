import { Hono } from "hono";
import { backtestModel } from "../../models/backtest-model.ts";
import { publishModel } from "../../models/publish-model.ts";
import { getModel, listModels, type ModelDetail } from "../../models/read-models.ts";
import { renderReport, requireReport } from "../../models/report/render-report.tsx";
import { getReport, requestReport } from "../../models/report/request-report.ts";
import { saveDraft } from "../../models/save-draft.ts";
import { Problem } from "../../problem.ts";
import { findProject } from "../../projects/find-project.ts";
import { calendarDayOf } from "../../scores/civil-day.ts";
import { getCurrentModel } from "../../scores/current-model.ts";
import { includesRole } from "../../sign-in/role.ts";
import { listExampleAccounts } from "../alerts/read-playbook-preview.ts";
import { createBriefMemory } from "../briefly.ts";
import type { DashboardContext, DashboardEnv } from "../env.ts";
import { auditAction, readForm } from "../form.ts";
import { type PageDeps, renderPage } from "../render.tsx";
import { requireRole } from "../require-session.ts";
import { EditPage } from "./edit-page.tsx";
import { ModelPage } from "./model-page.tsx";
import { readScenario, tryWeights } from "./read-scenario.ts";
import { readStandings, type StandingBook } from "./read-standings.ts";
import { ReportPage } from "./report-page.tsx";
import { ScenarioPage } from "./scenario-page.tsx";
import { nextVersion, parseTrial, toDraftDocument } from "./trial.ts";
import { VersionPage } from "./version-page.tsx";

const HORIZON_DAYS = 60;

/** The model: what it is, what it could be, and whether it is right. */
export function modelPages(deps: PageDeps): Hono<DashboardEnv> {
  const app = new Hono<DashboardEnv>();
  const { sql } = deps.database;
  const books = createBriefMemory<StandingBook>(deps.clock, {
    keepMs: 120_000,
    staleMs: 600_000,
    most: 20,
  });

  async function projectOf(c: DashboardContext) {
    const project = await findProject(sql, c.get("project").id);
    if (!project) throw new Problem("not-found", "There is no such project.");
    return project;
  }

  const readBook = (projectId: string): Promise<StandingBook> =>
    books(projectId, () => readStandings(sql, projectId, { accountId: null, now: deps.clock() }));

  app.get("/dashboard/model", async (c) => {
    const { id } = c.get("project");
    const now = deps.clock();
    const model = await getCurrentModel(sql, id, now);
    const versions = await listModels(sql, id, now);
    const { lint } = await getModel(sql, id, model.version, now);
    return renderPage(
      c,
      deps,
      { title: "Model", section: "model" },
      <ModelPage model={model} lint={lint} versions={versions} />,
    );
  });

  app.get("/dashboard/model/edit", async (c) => {
    const project = c.get("project");
    const model = await getCurrentModel(sql, project.id, deps.clock());
    const trial = parseTrial(model, (name) => c.req.query(name)?.trim() ?? "");
    const preview = c.req.query("preview")
      ? tryWeights(await readBook(project.id), trial, deps.clock())
      : null;
    return renderPage(
      c,
      deps,
      { title: "Edit the model", section: "model", islands: ["trial"] },
      <EditPage
        model={model}
        trial={trial}
        preview={preview}
        canSave={includesRole(project.role, "admin")}
      />,
    );
  });

  app.get("/dashboard/model/scenario", async (c) => {
    const { id } = c.get("project");
    const field = (name: string): string => c.req.query(name)?.trim() ?? "";
    const scope = {
      account: field("account").slice(0, 500),
      tier: field("tier"),
      segment: field("segment"),
    };
    const question = { scope, field, now: deps.clock() };
    const [scenario, accounts] = await Promise.all([
      readScenario(sql, id, question, () => readBook(id)),
      listExampleAccounts(sql, id),
    ]);
    return renderPage(
      c,
      deps,
      { title: "What if?", section: "model", islands: ["trial"] },
      <ScenarioPage scenario={scenario} accounts={accounts} />,
    );
  });

  app.post("/dashboard/model/drafts", requireRole("admin"), async (c) => {
    const { id: projectId, timeZone } = c.get("project");
    const field = await readForm(c);
    const now = deps.clock();
    const model = await getCurrentModel(sql, projectId, now);
    const rationale = field("rationale").slice(0, 2_000);
    if (!rationale) throw new Problem("invalid-request", "Say why: the rationale stays for good.");
    const known = (await listModels(sql, projectId, now)).map(({ version }) => version);
    const version = nextVersion(calendarDayOf(now, timeZone), known);
    const document = toDraftDocument(model, parseTrial(model, field), version);
    const author = c.get("session").member.name;
    const draft = await saveDraft(sql, { projectId, document, author, rationale, now });
    const entry = { action: "model.drafted" as const, target: version, at: now };
    await auditAction(c, deps, { ...entry, before: model, after: draft });
    return c.redirect(`/dashboard/model/versions/${encodeURIComponent(version)}?said=created`, 303);
  });

  async function showVersion(c: DashboardContext, fault: string | null): Promise<Response> {
    const project = c.get("project");
    const version = c.req.param("version") ?? "";
    const detail = await getModel(sql, project.id, version, deps.clock());
    return renderPage(
      c,
      deps,
      { title: version, section: "model", status: fault ? 409 : 200 },
      <VersionPage
        detail={detail}
        canPublish={includesRole(project.role, "admin")}
        fault={fault}
      />,
    );
  }

  app.get("/dashboard/model/versions/:version", (c) => showVersion(c, null));

  app.post("/dashboard/model/versions/:version/backtest", requireRole("admin"), async (c) => {
    const version = c.req.param("version");
    const now = deps.clock();
    const question = { version, horizonDays: HORIZON_DAYS, now };
    const { against, isWorse, worseBy } = await backtestModel(sql, await projectOf(c), question);
    const entry = { action: "model.backtested" as const, target: version, at: now };
    await auditAction(c, deps, { ...entry, after: { against, isWorse, worseBy } });
    return c.redirect(`/dashboard/model/versions/${encodeURIComponent(version)}`, 303);
  });

  app.post("/dashboard/model/versions/:version/publish", requireRole("admin"), async (c) => {
    const version = c.req.param("version");
    const field = await readForm(c);
    const now = deps.clock();
    const projectId = c.get("project").id;
    const before = toPublication(await getModel(sql, projectId, version, now));
    try {
      await publishModel(sql, await projectOf(c), {
        version,
        author: c.get("session").member.name,
        rationale: field("rationale").slice(0, 2_000),
        effectiveAt: undefined,
        worseReason: field("worse").slice(0, 2_000) || undefined,
        now,
      });
    } catch (error) {
      if (error instanceof Problem && error.kind === "conflict")
        return showVersion(c, error.message);
      throw error;
    }
    const after = toPublication(await getModel(sql, projectId, version, now));
    const entry = { action: "model.published" as const, target: version, at: now };
    await auditAction(c, deps, { ...entry, before, after });
    return c.redirect("/dashboard/model?said=published", 303);
  });

  app.get("/dashboard/model/report", async (c) => {
    const { id: projectId, role } = c.get("project");
    const { version } = await getCurrentModel(sql, projectId, deps.clock());
    return renderPage(
      c,
      deps,
      { title: "Report", section: "model", islands: ["live"] },
      <ReportPage
        state={await getReport(sql, { projectId, version })}
        canCompute={includesRole(role, "operator")}
      />,
    );
  });

  app.post("/dashboard/model/report", requireRole("operator"), async (c) => {
    const { id: projectId } = c.get("project");
    const now = deps.clock();
    const { version } = await getCurrentModel(sql, projectId, now);
    await requestReport(sql, { projectId, version }, now);
    await auditAction(c, deps, { action: "model.report_requested", target: version, at: now });
    return c.redirect("/dashboard/model/report", 303);
  });

  app.get("/dashboard/model/report/document", async (c) => {
    const { id: projectId, name: projectName } = c.get("project");
    const { version } = await getCurrentModel(sql, projectId, deps.clock());
    const report = requireReport(await getReport(sql, { projectId, version }));
    const nonce = c.get("secureHeadersNonce") ?? "";
    return c.html(renderReport(report, { projectName, nonce }));
  });
  return app;
}

/** What publishing changes of a model. */
const toPublication = ({ status, rationale, effectiveAt, worseReason }: ModelDetail) => ({
  status,
  rationale,
  effectiveAt,
  worseReason,
});
