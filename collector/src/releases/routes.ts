import { createRoute, type OpenAPIHono, z } from "@hono/zod-openapi";
import type { AppDeps } from "../app.ts";
import { projectIdOf, requireSecretKey } from "../auth.ts";
import { plainText } from "../bulk.ts";
import { type AppEnv, createRoutes } from "../http.ts";
import { moment } from "../time-checks.ts";
import { listReleases, recordRelease } from "./record-release.ts";
import { watchProjectRelease } from "./watch-release.ts";

const tags = ["Releases"];
const security = [{ secretKey: [] }];
const releaseBody = z.object({
  version: plainText(200),
  name: z.string().max(500).default(""),
  releasedAt: moment.optional().describe("Absent: now."),
});
const releaseSchema = z
  .object({ version: z.string(), name: z.string(), releasedAt: z.iso.datetime() })
  .openapi("Release");

const record = createRoute({
  method: "post",
  path: "/v1/releases",
  tags,
  security,
  summary: "Mark a release of your product",
  description: "Marks stand on every history, and segments are watched for shifts after them.",
  request: { body: { required: true, content: { "application/json": { schema: releaseBody } } } },
  responses: {
    200: { description: "Recorded.", content: { "application/json": { schema: releaseSchema } } },
  },
});

const list = createRoute({
  method: "get",
  path: "/v1/releases",
  tags,
  security,
  summary: "List releases, newest first",
  responses: {
    200: {
      description: "The last 200.",
      content: { "application/json": { schema: z.object({ data: z.array(releaseSchema) }) } },
    },
  },
});

const watch = createRoute({
  method: "get",
  path: "/v1/releases/{version}/watch",
  tags,
  security,
  summary: "See which segments a release hurt",
  description:
    "A permutation test over accounts for each segment, with Benjamini and Hochberg over the segments.",
  request: { params: z.object({ version: z.string().min(1).max(200) }) },
  responses: {
    200: {
      description: "One finding a segment.",
      content: { "application/json": { schema: z.looseObject({ version: z.string() }) } },
    },
    404: { description: "No such release in this project." },
    409: { description: "Less than a week ago." },
  },
});

/** `/v1/releases`. */
export function releaseRoutes(deps: AppDeps): OpenAPIHono<AppEnv> {
  const app = createRoutes();
  app.use("/v1/releases", requireSecretKey(deps.keyRing));
  app.use("/v1/releases/*", requireSecretKey(deps.keyRing));
  app.openapi(record, async (c) =>
    c.json(await recordRelease(deps, projectIdOf(c), c.req.valid("json")), 200),
  );
  app.openapi(list, async (c) =>
    c.json({ data: await listReleases(deps.database.db, projectIdOf(c)) }, 200),
  );
  app.openapi(watch, async (c) => {
    const { project } = c.get("keyHolder");
    const question = { version: c.req.valid("param").version, now: deps.clock() };
    return c.json({ ...(await watchProjectRelease(deps.database.sql, project, question)) }, 200);
  });
  return app;
}
