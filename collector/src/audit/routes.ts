import { createRoute, type OpenAPIHono } from "@hono/zod-openapi";
import type { AppDeps } from "../app.ts";
import { projectIdOf, requireSecretKey } from "../auth.ts";
import { type AppEnv, createRoutes } from "../http.ts";
import { pageOf, pageQuery } from "../pagination.ts";
import { listAudit } from "./list-audit.ts";
import { auditEntrySchema } from "./schema.ts";

const list = createRoute({
  method: "get",
  path: "/v1/audit-log",
  tags: ["Audit log"],
  security: [{ secretKey: [] }],
  summary: "Read who did what",
  request: { query: pageQuery },
  responses: {
    200: {
      description: "A page of the log, newest first.",
      content: { "application/json": { schema: pageOf(auditEntrySchema) } },
    },
  },
});

/** `/v1/audit-log`. */
export function auditRoutes(deps: Pick<AppDeps, "database" | "keyRing">): OpenAPIHono<AppEnv> {
  const app = createRoutes();
  app.use("/v1/audit-log", requireSecretKey(deps.keyRing));
  app.openapi(list, async (c) =>
    c.json(await listAudit(deps.database.db, projectIdOf(c), c.req.valid("query")), 200),
  );
  return app;
}
