import { createRoute, type OpenAPIHono } from "@hono/zod-openapi";
import type { AppDeps } from "../app.ts";
import { projectIdOf, requireSecretKey } from "../auth.ts";
import { type AppEnv, createRoutes } from "../http.ts";
import { pageOf } from "../pagination.ts";
import { listRejected } from "./list-rejected.ts";
import { replayMany } from "./replay-many.ts";
import { replayRejected } from "./replay-rejected.ts";
import {
  rejectedParams,
  rejectedQuery,
  rejectedSchema,
  replayedManySchema,
  replayManyBody,
  replaySchema,
} from "./schema.ts";

const tags = ["Ingestion"];
const security = [{ secretKey: [] }];

const list = createRoute({
  method: "get",
  path: "/v1/rejected-messages",
  tags,
  security,
  summary: "List messages that were not stored",
  description: "The quarantine: what came in, why it was refused. Kept for 14 days.",
  request: { query: rejectedQuery },
  responses: {
    200: {
      description: "A page, newest first.",
      content: { "application/json": { schema: pageOf(rejectedSchema) } },
    },
  },
});

const replay = createRoute({
  method: "post",
  path: "/v1/rejected-messages/{id}/replay",
  tags,
  security,
  summary: "Try a rejected message again",
  description:
    "As of the moment it came in. Once the cause is gone, it is stored; what has become older than the project's retentionDays is not.",
  request: { params: rejectedParams },
  responses: {
    200: {
      description: "What became of it.",
      content: { "application/json": { schema: replaySchema } },
    },
    404: { description: "No such message in this project, or it was replayed before." },
  },
});

const replayAll = createRoute({
  method: "post",
  path: "/v1/rejected-messages/replay",
  tags,
  security,
  summary: "Try many rejected messages again",
  description:
    "Those of the ids, or all that wait with a reason, oldest first, at most 500 a call. What fails again stays.",
  request: {
    body: { required: true, content: { "application/json": { schema: replayManyBody } } },
  },
  responses: {
    200: {
      description: "What became of them.",
      content: { "application/json": { schema: replayedManySchema } },
    },
  },
});

/** `/v1/rejected-messages`: the quarantine. */
export function quarantineRoutes(
  deps: Pick<AppDeps, "keyRing" | "database" | "eventWriter" | "clock">,
): OpenAPIHono<AppEnv> {
  const app = createRoutes();
  app.use("/v1/rejected-messages", requireSecretKey(deps.keyRing));
  app.use("/v1/rejected-messages/*", requireSecretKey(deps.keyRing));
  app.openapi(list, async (c) =>
    c.json(await listRejected(deps.database.sql, projectIdOf(c), c.req.valid("query")), 200),
  );
  app.openapi(replayAll, async (c) => {
    const { after, ...wish } = { after: null, ...c.req.valid("json") };
    return c.json(await replayMany(deps, projectIdOf(c), { ...wish, after: after ?? null }), 200);
  });
  app.openapi(replay, async (c) =>
    c.json(await replayRejected(deps, projectIdOf(c), c.req.valid("param").id), 200),
  );
  return app;
}
