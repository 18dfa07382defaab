import { createRoute, type OpenAPIHono, z } from "@hono/zod-openapi";
import type { AppDeps } from "../app.ts";
import { requireSecretKey } from "../auth.ts";
import { type AppEnv, createRoutes } from "../http.ts";
import { readStoredModel } from "../scores/read-stored-model.ts";
import { auditModel } from "./audit-model.ts";
import { backtestModel } from "./backtest-model.ts";
import { calibrateModel, evaluateModel, type ModelEvaluation } from "./evaluate-model.ts";
import { readCases } from "./read-cases.ts";
import { getModelRow } from "./read-models.ts";
import { tryScenario } from "./run-scenario.ts";
import { calibrationQuery, horizonQuery, scenarioBody, versionParams } from "./schema.ts";
import { changeShadow, compareShadow } from "./shadow-model.ts";

const tags = ["Models"];
const security = [{ secretKey: [] }];
const json = <Schema extends z.ZodType>(schema: Schema) => ({
  content: { "application/json": { schema } },
});
const body = <Schema extends z.ZodType>(schema: Schema) => ({ required: true, ...json(schema) });
const missing = { 404: { description: "No such model in this project." } };
const report = z.looseObject({ version: z.string(), horizonDays: z.number() });

const backtest = createRoute({
  method: "post",
  path: "/v1/models/{version}/backtest",
  tags,
  security,
  summary: "Let a draft judge history beside the model in force",
  request: { params: versionParams, query: horizonQuery },
  responses: {
    200: { description: "Figures of both, with intervals.", ...json(report) },
    ...missing,
  },
});

const evaluation = createRoute({
  method: "get",
  path: "/v1/models/{version}/evaluation",
  tags,
  security,
  summary: "Compare a model with what became of the accounts",
  request: { params: versionParams, query: horizonQuery },
  responses: {
    200: { description: "All figures with n and 95 % intervals.", ...json(report) },
    ...missing,
  },
});

const calibration = createRoute({
  method: "get",
  path: "/v1/models/{version}/calibration",
  tags,
  security,
  summary: "Suggest weights and thresholds",
  description: "Nothing changes by itself: take what convinces you into a draft.",
  request: { params: versionParams, query: calibrationQuery },
  responses: { 200: { description: "Suggestions.", ...json(report) }, ...missing },
});

const scenario = createRoute({
  method: "post",
  path: "/v1/models/{version}/scenario",
  tags,
  security,
  summary: "See tiers and value at risk under an assumption",
  request: { params: versionParams, body: body(scenarioBody) },
  responses: {
    200: {
      description: "Before and after; an assumption, not a forecast.",
      ...json(z.looseObject({ label: z.string() })),
    },
    ...missing,
  },
});

const audit = createRoute({
  method: "get",
  path: "/v1/models/{version}/audit",
  tags,
  security,
  summary: "See what each signal is worth",
  description:
    "How well it told churn alone, so many days before; which other it repeats and what happens " +
    "without it, today.",
  request: { params: versionParams, query: horizonQuery },
  responses: {
    200: {
      description: "One row a signal.",
      ...json(z.object({ data: z.array(z.looseObject({ key: z.string() })) })),
    },
    ...missing,
  },
});

const readShadow = createRoute({
  method: "get",
  path: "/v1/models/{version}/shadow",
  tags,
  security,
  summary: "Compare a shadow model with what was shown",
  request: { params: versionParams },
  responses: {
    200: { description: "Its last day.", ...json(z.looseObject({ version: z.string() })) },
    ...missing,
  },
});

const changeShadowRoute = createRoute({
  method: "put",
  path: "/v1/models/{version}/shadow",
  tags,
  security,
  summary: "Let a model score every night without being shown",
  request: { params: versionParams, body: body(z.object({ isShadow: z.boolean() })) },
  responses: {
    200: { description: "Changed.", ...json(z.looseObject({ version: z.string() })) },
    ...missing,
  },
});

/** `/v1/models/{version}/…`: what can be said for and against a model. */
export function evidenceRoutes(deps: AppDeps): OpenAPIHono<AppEnv> {
  const app = createRoutes();
  const { sql } = deps.database;
  app.use("/v1/models/:version/*", requireSecretKey(deps.keyRing));

  app.openapi(backtest, async (c) => {
    const { project } = c.get("keyHolder");
    const question = { ...c.req.valid("param"), ...c.req.valid("query"), now: deps.clock() };
    return c.json({ ...(await backtestModel(sql, project, question)) }, 200);
  });
  app.openapi(evaluation, async (c) => {
    const { project } = c.get("keyHolder");
    const row = await getModelRow(sql, project.id, c.req.valid("param").version);
    const model = readStoredModel(row.document);
    const { horizonDays } = c.req.valid("query");
    const question = { model, horizons: [horizonDays], now: deps.clock() };
    const [evaluated] = await evaluateModel(sql, project, question);
    return c.json({ ...(evaluated as ModelEvaluation) }, 200);
  });
  app.openapi(calibration, async (c) => {
    const { project } = c.get("keyHolder");
    const row = await getModelRow(sql, project.id, c.req.valid("param").version);
    const model = readStoredModel(row.document);
    const question = { model, ...c.req.valid("query"), now: deps.clock() };
    return c.json({ ...(await calibrateModel(sql, project, question)) }, 200);
  });
  app.openapi(audit, async (c) => {
    const { project } = c.get("keyHolder");
    const row = await getModelRow(sql, project.id, c.req.valid("param").version);
    const model = readStoredModel(row.document);
    const { horizonDays } = c.req.valid("query");
    const now = deps.clock();
    const asked = { models: [model], horizons: [horizonDays], now };
    const { casesOf } = await readCases(sql, project, asked);
    const question = { model, now, cases: casesOf(model, horizonDays) };
    const data = (await auditModel(sql, project, question)).map((one) => ({ ...one }));
    return c.json({ data }, 200);
  });
  app.openapi(readShadow, async (c) => {
    const { project } = c.get("keyHolder");
    const { version } = await getModelRow(sql, project.id, c.req.valid("param").version);
    return c.json({ ...(await compareShadow(sql, project.id, version)) }, 200);
  });
  app.openapi(changeShadowRoute, async (c) => {
    const { project } = c.get("keyHolder");
    const change = { ...c.req.valid("param"), ...c.req.valid("json"), now: deps.clock() };
    return c.json({ ...(await changeShadow(sql, project, change)) }, 200);
  });
  app.openapi(scenario, async (c) => {
    const { project } = c.get("keyHolder");
    const { version } = c.req.valid("param");
    const assumption = c.req.valid("json");
    const result = await tryScenario(sql, project, { version, now: deps.clock(), assumption });
    return c.json({ ...result, label: assumption.label }, 200);
  });
  return app;
}
