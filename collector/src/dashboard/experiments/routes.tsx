import { Hono } from "hono";
import { listRules } from "../../alerts/rules.ts";
import { judgeExperiment, judgeExperiments } from "../../experiments/judge-experiment.ts";
import {
  isSplittable,
  startExperiment,
  stopExperiment,
} from "../../experiments/start-experiment.ts";
import { Problem } from "../../problem.ts";
import { includesRole } from "../../sign-in/role.ts";
import type { DashboardContext, DashboardEnv } from "../env.ts";
import { auditAction, readForm } from "../form.ts";
import { type PageDeps, renderPage } from "../render.tsx";
import { requireRole } from "../require-session.ts";
import type { FieldFault } from "../ui/field.tsx";
import { ExperimentPage } from "./experiment-page.tsx";
import { EXPERIMENTS_PATH, ExperimentsPage, experimentHref } from "./list-page.tsx";
import { NewExperimentPage } from "./new-page.tsx";
import { parseExperiment, toExperimentFaults, toNewExperiment } from "./parse-experiment.ts";

/** Alert rules on a part of the accounts each: started, judged, ended. */
export function experimentPages(deps: PageDeps): Hono<DashboardEnv> {
  const app = new Hono<DashboardEnv>();
  const { sql } = deps.database;
  const iso = () => new Date(deps.clock()).toISOString();
  const canChange = (c: DashboardContext): boolean => includesRole(c.get("project").role, "admin");

  app.get(EXPERIMENTS_PATH, async (c) => {
    const experiments = await judgeExperiments(sql, c.get("project").id, deps.clock());
    return renderPage(
      c,
      deps,
      { title: "Experiments", section: "alerts" },
      <ExperimentsPage experiments={experiments} canChange={canChange(c)} />,
    );
  });

  async function showForm(
    c: DashboardContext,
    fields: (name: string) => string,
    faults: FieldFault[],
  ): Promise<Response> {
    const rules = await listRules(sql, c.get("project").id, iso());
    return renderPage(
      c,
      deps,
      { title: "New experiment", section: "alerts", status: faults.length > 0 ? 400 : 200 },
      <NewExperimentPage
        fields={fields}
        faults={faults}
        rules={rules.filter(({ key, isEnabled }) => isEnabled && isSplittable(key))}
      />,
    );
  }

  app.get(`${EXPERIMENTS_PATH}/new`, requireRole("admin"), (c) =>
    showForm(c, toNewExperiment(), []),
  );

  app.post(EXPERIMENTS_PATH, requireRole("admin"), async (c) => {
    const fields = await readForm(c);
    const { experiment, faults } = parseExperiment(fields);
    if (!experiment) return showForm(c, fields, faults);
    const now = deps.clock();
    try {
      await startExperiment(sql, c.get("project").id, { body: experiment, now });
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      const named = toExperimentFaults(error, fields);
      return showForm(
        c,
        fields,
        named.length > 0 ? named : [{ field: "", message: error.message }],
      );
    }
    await auditAction(c, deps, {
      action: "rule_experiment.created",
      target: experiment.key,
      after: experiment,
      at: now,
    });
    return c.redirect(`${experimentHref(experiment.key)}?said=created`, 303);
  });

  app.get(`${EXPERIMENTS_PATH}/:key`, async (c) => {
    const projectId = c.get("project").id;
    const question = { key: c.req.param("key"), now: deps.clock() };
    const experiment = await judgeExperiment(sql, projectId, question);
    const rules = await listRules(sql, projectId, iso());
    return renderPage(
      c,
      deps,
      { title: experiment.name, section: "alerts" },
      <ExperimentPage
        experiment={experiment}
        rules={Object.fromEntries(rules.map(({ key, name }) => [key, name]))}
        canChange={canChange(c)}
      />,
    );
  });

  app.post(`${EXPERIMENTS_PATH}/:key/end`, requireRole("admin"), async (c) => {
    const about = { key: c.req.param("key"), now: deps.clock() };
    const change = await stopExperiment(sql, c.get("project").id, about);
    const entry = { action: "rule_experiment.ended" as const, target: about.key, at: about.now };
    await auditAction(c, deps, { ...entry, ...change });
    return c.redirect(`${experimentHref(about.key)}?said=saved`, 303);
  });
  return app;
}
