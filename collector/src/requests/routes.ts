import { createRoute, type OpenAPIHono, z } from "@hono/zod-openapi";
import type { AppDeps } from "../app.ts";
import { projectIdOf, requireSecretKey } from "../auth.ts";
import { bulkAnswer } from "../bulk.ts";
import { type AppEnv, createRoutes, refuseFaults } from "../http.ts";
import { pageOf, pageQuery } from "../pagination.ts";
import { readRequests, readRoadmap } from "./read-requests.ts";
import { recordRequests } from "./record-requests.ts";
import { newRequests, requestFilter, requestSchema, roadmapSchema, tagsBody } from "./schema.ts";
import { tagRequest } from "./tag-request.ts";

const tags = ["Requests"];
const security = [{ secretKey: [] }];
const jsonOf = <Schema extends z.ZodType>(schema: Schema) => ({ "application/json": { schema } });

const list = createRoute({
  method: "get",
  path: "/v1/requests",
  tags,
  security,
  summary: "List what accounts ask for",
  description: "Answers in words, answers with a tag, and recorded requests, of the last 180 days.",
  request: { query: pageQuery.extend(requestFilter.shape) },
  responses: { 200: { description: "Newest first.", content: jsonOf(pageOf(requestSchema)) } },
});

const record = createRoute({
  method: "post",
  path: "/v1/requests",
  tags,
  security,
  summary: "Record requests from tickets and calls",
  request: { body: { required: true, content: jsonOf(newRequests) } },
  responses: {
    200: {
      description: "The good rows are stored, the bad ones named.",
      content: jsonOf(bulkAnswer),
    },
  },
});

const tag = createRoute({
  method: "put",
  path: "/v1/requests/{id}/tags",
  tags,
  security,
  summary: "Tag an answer or a request",
  description: "The tags replace those it had.",
  request: {
    params: z.object({ id: z.string().min(1).max(120) }),
    body: { required: true, content: jsonOf(tagsBody) },
  },
  responses: {
    200: { description: "The tags, as they are kept.", content: jsonOf(tagsBody) },
    404: { description: "No such answer or request in this project." },
  },
});

const roadmap = createRoute({
  method: "get",
  path: "/v1/roadmap",
  tags,
  security,
  summary: "Tags by the value at risk behind them",
  responses: {
    200: {
      description: "An account counts once for each tag.",
      content: jsonOf(roadmapSchema),
    },
  },
});

/** `/v1/requests` and `/v1/roadmap`: what accounts ask for. */
export function requestRoutes(
  deps: Pick<AppDeps, "database" | "keyRing" | "clock">,
): OpenAPIHono<AppEnv> {
  const app = createRoutes();
  const { sql } = deps.database;
  for (const path of ["/v1/requests", "/v1/requests/*", "/v1/roadmap"]) {
    app.use(path, requireSecretKey(deps.keyRing));
  }
  app.openapi(list, async (c) => {
    const wish = { ...c.req.valid("query"), projectId: projectIdOf(c), now: deps.clock() };
    return c.json(await readRequests(sql, wish), 200);
  });
  app.openapi(
    record,
    async (c) => {
      const { requests } = c.req.valid("json");
      return c.json(await recordRequests(sql, projectIdOf(c), requests, deps.clock()), 200);
    },
    refuseFaults,
  );
  app.openapi(tag, async (c) => {
    const { tags: given } = c.req.valid("json");
    await tagRequest(sql, { projectId: projectIdOf(c), id: c.req.valid("param").id, tags: given });
    return c.json({ tags: given }, 200);
  });
  app.openapi(roadmap, async (c) =>
    c.json(await readRoadmap(sql, projectIdOf(c), deps.clock()), 200),
  );
  return app;
}
