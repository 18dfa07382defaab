import { createRoute, type OpenAPIHono, z } from "@hono/zod-openapi";
import type { AppDeps } from "../app.ts";
import { projectIdOf, requireSecretKey } from "../auth.ts";
import { type AppEnv, createRoutes } from "../http.ts";
import { judgeExperiment, judgeExperiments } from "./judge-experiment.ts";
import { experimentBody, experimentParams, experimentSchema } from "./schema.ts";
import { startExperiment, stopExperiment } from "./start-experiment.ts";

const tags = ["Alert rules"];
const security = [{ secretKey: [] }];
const one = { content: { "application/json": { schema: experimentSchema } } };
const missing = { 404: { description: "No such experiment in this project." } };

const start = createRoute({
  method: "post",
  path: "/v1/rule-experiments",
  tags,
  security,
  summary: "Split accounts between alert rules",
  description:
    "A stable hash puts each account in one variant for good. The rules must be enabled.",
  request: {
    body: { required: true, content: { "application/json": { schema: experimentBody } } },
  },
  responses: {
    201: { description: "It runs.", ...one },
    409: { description: "The key is taken, or a rule is in an experiment already." },
  },
});

const list = createRoute({
  method: "get",
  path: "/v1/rule-experiments",
  tags,
  security,
  summary: "List rule experiments, newest first",
  responses: {
    200: {
      description: "All of the project, with how they stand.",
      content: { "application/json": { schema: z.object({ data: z.array(experimentSchema) }) } },
    },
  },
});

const get = createRoute({
  method: "get",
  path: "/v1/rule-experiments/{key}",
  tags,
  security,
  summary: "Read how a rule experiment stands",
  description: "Who left, by variant, with intervals, and how many accounts it takes to tell.",
  request: { params: experimentParams },
  responses: { 200: { description: "The experiment.", ...one }, ...missing },
});

const end = createRoute({
  method: "post",
  path: "/v1/rule-experiments/{key}/end",
  tags,
  security,
  summary: "End a rule experiment",
  request: { params: experimentParams },
  responses: { 200: { description: "Its rules are for everybody again.", ...one }, ...missing },
});

/** `/v1/rule-experiments`. */
export function experimentRoutes(deps: AppDeps): OpenAPIHono<AppEnv> {
  const app = createRoutes();
  const { sql } = deps.database;
  app.use("/v1/rule-experiments", requireSecretKey(deps.keyRing));
  app.use("/v1/rule-experiments/*", requireSecretKey(deps.keyRing));

  app.openapi(start, async (c) => {
    const [projectId, now] = [projectIdOf(c), deps.clock()];
    const body = c.req.valid("json");
    await startExperiment(sql, projectId, { body, now });
    return c.json(await judgeExperiment(sql, projectId, { key: body.key, now }), 201);
  });
  app.openapi(list, async (c) =>
    c.json({ data: await judgeExperiments(sql, projectIdOf(c), deps.clock()) }, 200),
  );
  app.openapi(get, async (c) => {
    const { key } = c.req.valid("param");
    return c.json(await judgeExperiment(sql, projectIdOf(c), { key, now: deps.clock() }), 200);
  });
  app.openapi(end, async (c) => {
    const about = { key: c.req.valid("param").key, now: deps.clock() };
    await stopExperiment(sql, projectIdOf(c), about);
    return c.json(await judgeExperiment(sql, projectIdOf(c), about), 200);
  });
  return app;
}
