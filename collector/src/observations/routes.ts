import { createRoute, type OpenAPIHono } from "@hono/zod-openapi";
import type { AppDeps } from "../app.ts";
import { projectIdOf, requireSecretKey } from "../auth.ts";
import { bulkAnswer } from "../bulk.ts";
import { type AppEnv, createRoutes, refuseFaults } from "../http.ts";
import { recordObservations } from "./record-observations.ts";
import { observationsBody } from "./schema.ts";

const record = createRoute({
  method: "post",
  path: "/v1/observations",
  tags: ["Observations"],
  security: [{ secretKey: [] }],
  summary: "Record external signals",
  description: "Support tickets, CRM fields, contract value: any named series of numbers.",
  request: {
    body: { required: true, content: { "application/json": { schema: observationsBody } } },
  },
  responses: {
    200: {
      description: "The good rows are stored, the bad ones named.",
      content: { "application/json": { schema: bulkAnswer } },
    },
  },
});

/** `/v1/observations`. */
export function observationRoutes(deps: AppDeps): OpenAPIHono<AppEnv> {
  const app = createRoutes();
  app.use("/v1/observations", requireSecretKey(deps.keyRing));
  app.openapi(
    record,
    async (c) => {
      const { observations } = c.req.valid("json");
      const { sql } = deps.database;
      return c.json(await recordObservations(sql, projectIdOf(c), observations, deps.clock()), 200);
    },
    refuseFaults,
  );
  return app;
}
