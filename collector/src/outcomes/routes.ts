import { createRoute, type OpenAPIHono } from "@hono/zod-openapi";
import type { AppDeps } from "../app.ts";
import { projectIdOf, requireSecretKey } from "../auth.ts";
import { type AppEnv, createRoutes, refuseFaults } from "../http.ts";
import { pageOf } from "../pagination.ts";
import { listOutcomes } from "./list-outcomes.ts";
import { recordOutcomes } from "./record-outcomes.ts";
import { outcomeListQuery, outcomeSchema, outcomesAnswer, outcomesBody } from "./schema.ts";

const tags = ["Outcomes"];
const security = [{ secretKey: [] }];

const record = createRoute({
  method: "post",
  path: "/v1/outcomes",
  tags,
  security,
  summary: "Record what happened to accounts",
  description: "Renewals, churn, expansion, contraction: what scores are evaluated against.",
  request: { body: { required: true, content: { "application/json": { schema: outcomesBody } } } },
  responses: {
    200: {
      description: "The good rows are stored, the bad ones named.",
      content: { "application/json": { schema: outcomesAnswer } },
    },
  },
});

const list = createRoute({
  method: "get",
  path: "/v1/outcomes",
  tags,
  security,
  summary: "List outcomes",
  request: { query: outcomeListQuery },
  responses: {
    200: {
      description: "A page in the order of their days.",
      content: { "application/json": { schema: pageOf(outcomeSchema) } },
    },
  },
});

/** `/v1/outcomes`. */
export function outcomeRoutes(deps: AppDeps): OpenAPIHono<AppEnv> {
  const app = createRoutes();
  const { sql } = deps.database;
  app.use("/v1/outcomes", requireSecretKey(deps.keyRing));
  app.openapi(
    record,
    async (c) => {
      const { outcomes } = c.req.valid("json");
      return c.json(await recordOutcomes(sql, projectIdOf(c), outcomes, deps.clock()), 200);
    },
    refuseFaults,
  );
  app.openapi(list, async (c) =>
    c.json(await listOutcomes(sql, projectIdOf(c), c.req.valid("query")), 200),
  );
  return app;
}
