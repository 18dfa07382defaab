import { createRoute, type OpenAPIHono } from "@hono/zod-openapi";
import { accountParams } from "../accounts/schema.ts";
import type { AppDeps } from "../app.ts";
import { projectIdOf, requireSecretKey } from "../auth.ts";
import { type AppEnv, createRoutes } from "../http.ts";
import { pageOf, pageQuery } from "../pagination.ts";
import { listSessions } from "./list-sessions.ts";
import { sessionSchema } from "./schema.ts";

const list = createRoute({
  method: "get",
  path: "/v1/accounts/{id}/sessions",
  tags: ["Accounts"],
  security: [{ secretKey: [] }],
  summary: "List an account's sessions",
  description: "The newest first. A session is here within two minutes after its events came in.",
  request: { params: accountParams, query: pageQuery },
  responses: {
    200: {
      description: "A page of sessions.",
      content: { "application/json": { schema: pageOf(sessionSchema) } },
    },
    404: { description: "No such account in this project." },
  },
});

/** `/v1/accounts/{id}/sessions`. */
export function sessionRoutes(deps: AppDeps): OpenAPIHono<AppEnv> {
  const app = createRoutes();
  app.use("/v1/accounts/:id/sessions", requireSecretKey(deps.keyRing));
  app.openapi(list, async (c) => {
    const accountId = c.req.valid("param").id;
    const page = { accountId, ...c.req.valid("query") };
    return c.json(await listSessions(deps.database, projectIdOf(c), page), 200);
  });
  return app;
}
