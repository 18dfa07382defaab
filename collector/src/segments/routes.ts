import { createRoute, type OpenAPIHono, z } from "@hono/zod-openapi";
import type { AppDeps } from "../app.ts";
import { projectIdOf, requireSecretKey } from "../auth.ts";
import { type AppEnv, createRoutes } from "../http.ts";
import { listSegments, removeSegment, saveSegment } from "./save-segment.ts";
import { keyParams, segmentBody, segmentSchema } from "./schema.ts";

const tags = ["Segments"];
const security = [{ secretKey: [] }];

const list = createRoute({
  method: "get",
  path: "/v1/segments",
  tags,
  security,
  summary: "List segments",
  responses: {
    200: {
      description: "All of the project.",
      content: { "application/json": { schema: z.object({ data: z.array(segmentSchema) }) } },
    },
  },
});

const save = createRoute({
  method: "post",
  path: "/v1/segments",
  tags,
  security,
  summary: "Create or replace a segment",
  description: "A saved rule over traits that selects accounts. Scores are made again with it.",
  request: { body: { required: true, content: { "application/json": { schema: segmentBody } } } },
  responses: {
    200: { description: "Saved.", content: { "application/json": { schema: segmentSchema } } },
  },
});

const remove = createRoute({
  method: "delete",
  path: "/v1/segments/{key}",
  tags,
  security,
  summary: "Delete a segment",
  request: { params: keyParams },
  responses: { 204: { description: "Gone." }, 404: { description: "No such segment here." } },
});

/** `/v1/segments`. */
export function segmentRoutes(deps: AppDeps): OpenAPIHono<AppEnv> {
  const app = createRoutes();
  app.use("/v1/segments", requireSecretKey(deps.keyRing));
  app.use("/v1/segments/*", requireSecretKey(deps.keyRing));
  app.openapi(list, async (c) =>
    c.json({ data: await listSegments(deps.database.db, projectIdOf(c)) }, 200),
  );
  app.openapi(save, async (c) => {
    const { before, after } = await saveSegment(deps, projectIdOf(c), c.req.valid("json"));
    c.set("before", before && { ...before });
    return c.json(after, 200);
  });
  app.openapi(remove, async (c) => {
    c.set("before", { ...(await removeSegment(deps, projectIdOf(c), c.req.valid("param").key)) });
    return c.body(null, 204);
  });
  return app;
}
