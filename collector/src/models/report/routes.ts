import { randomBytes } from "node:crypto";
import { createRoute, type OpenAPIHono, z } from "@hono/zod-openapi";
import type { AppDeps } from "../../app.ts";
import { requireSecretKey } from "../../auth.ts";
import { type AppEnv, createRoutes } from "../../http.ts";
import { versionParams } from "../schema.ts";
import { renderReport, requireReport } from "./render-report.tsx";
import { getReport, requestReport } from "./request-report.ts";

const tags = ["Models"];
const security = [{ secretKey: [] }];
const missing = { 404: { description: "No such model in this project." } };

const reportState = z
  .object({
    version: z.string(),
    status: z.enum(["none", "waiting", "running", "done", "failed"]),
    requestedAt: z.string().nullable(),
    done: z.number().int().describe("Of `total` steps."),
    total: z.number().int(),
    failure: z.string().nullable(),
    report: z
      .looseObject({ version: z.string(), madeAt: z.string() })
      .nullable()
      .describe("The newest: figures at three horizons, calibration, audit of the signals."),
  })
  .openapi("ModelReportState");
const answer = { content: { "application/json": { schema: reportState } } };

const request = createRoute({
  method: "post",
  path: "/v1/models/{version}/report",
  tags,
  security,
  summary: "Have the report on a model made",
  description:
    "In the background, since it lives through the past of every account with an outcome.",
  request: { params: versionParams },
  responses: { 202: { description: "It will be made.", ...answer }, ...missing },
});

const read = createRoute({
  method: "get",
  path: "/v1/models/{version}/report",
  tags,
  security,
  summary: "Read the report on a model, or how far it is",
  request: { params: versionParams },
  responses: { 200: { description: "Where it stands.", ...answer }, ...missing },
});

const page = createRoute({
  method: "get",
  path: "/v1/models/{version}/report/page",
  tags,
  security,
  summary: "Read the report as a page to print or send",
  request: { params: versionParams },
  responses: {
    200: {
      description: "HTML that needs no other file.",
      content: { "text/html": { schema: z.string() } },
    },
    409: { description: "It is not made yet." },
    ...missing,
  },
});

/** `/v1/models/{version}/report`. */
export function reportRoutes(deps: AppDeps): OpenAPIHono<AppEnv> {
  const app = createRoutes();
  const { sql } = deps.database;
  app.use("/v1/models/:version/report", requireSecretKey(deps.keyRing));
  app.use("/v1/models/:version/report/page", requireSecretKey(deps.keyRing));

  app.openapi(request, async (c) => {
    const { project } = c.get("keyHolder");
    const subject = { projectId: project.id, ...c.req.valid("param") };
    return c.json({ ...(await requestReport(sql, subject, deps.clock())) } as never, 202);
  });
  app.openapi(read, async (c) => {
    const { project } = c.get("keyHolder");
    const subject = { projectId: project.id, ...c.req.valid("param") };
    return c.json({ ...(await getReport(sql, subject)) } as never, 200);
  });
  app.openapi(page, async (c) => {
    const { project } = c.get("keyHolder");
    const subject = { projectId: project.id, ...c.req.valid("param") };
    const report = requireReport(await getReport(sql, subject));
    const nonce = randomBytes(16).toString("base64");
    c.header("content-security-policy", `default-src 'none'; style-src 'nonce-${nonce}'`);
    return c.html(renderReport(report, { projectName: project.name, nonce }), 200);
  });
  return app;
}
