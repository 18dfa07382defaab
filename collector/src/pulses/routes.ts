import { createRoute, type OpenAPIHono } from "@hono/zod-openapi";
import type { AppDeps } from "../app.ts";
import { projectIdOf, requireSecretKey } from "../auth.ts";
import { type AppEnv, createRoutes } from "../http.ts";
import { pageOf } from "../pagination.ts";
import {
  accountParams,
  accountPulseSchema,
  disagreementQuery,
  disagreementSchema,
  pulseBody,
} from "./schema.ts";
import { getPulse, listDisagreements, takePulse } from "./take-pulse.ts";

const tags = ["Pulses"];
const security = [{ secretKey: [] }];
const answer = {
  200: {
    description: "The pulse and its history.",
    content: { "application/json": { schema: accountPulseSchema } },
  },
  404: { description: "No such account in this project." },
};

const take = createRoute({
  method: "put",
  path: "/v1/accounts/{id}/pulse",
  tags,
  security,
  summary: "Say what you think of an account",
  description: "Beside the score, never in it. It counts for 90 days.",
  request: {
    params: accountParams,
    body: { required: true, content: { "application/json": { schema: pulseBody } } },
  },
  responses: answer,
});

const get = createRoute({
  method: "get",
  path: "/v1/accounts/{id}/pulse",
  tags,
  security,
  summary: "Read what people think of an account",
  request: { params: accountParams },
  responses: answer,
});

const disagreements = createRoute({
  method: "get",
  path: "/v1/pulses/disagreements",
  tags,
  security,
  summary: "List accounts where a person and the score disagree",
  description: "Each is worth a talk: one of the two knows something that the other does not.",
  request: { query: disagreementQuery },
  responses: {
    200: {
      description: "A page in the order of account ids.",
      content: { "application/json": { schema: pageOf(disagreementSchema) } },
    },
  },
});

/** `/v1/accounts/{id}/pulse` and `/v1/pulses`. */
export function pulseRoutes(deps: AppDeps): OpenAPIHono<AppEnv> {
  const app = createRoutes();
  app.use("/v1/accounts/:id/pulse", requireSecretKey(deps.keyRing));
  app.use("/v1/pulses/*", requireSecretKey(deps.keyRing));
  app.openapi(take, async (c) => {
    const subject = { projectId: projectIdOf(c), accountId: c.req.valid("param").id };
    const given = { body: c.req.valid("json"), now: deps.clock() };
    return c.json(await takePulse(deps.database, subject, given), 200);
  });
  app.openapi(get, async (c) => {
    const subject = { projectId: projectIdOf(c), accountId: c.req.valid("param").id };
    return c.json(await getPulse(deps.database, subject, deps.clock()), 200);
  });
  app.openapi(disagreements, async (c) => {
    const page = { ...c.req.valid("query"), now: deps.clock() };
    return c.json(await listDisagreements(deps.database.sql, projectIdOf(c), page), 200);
  });
  return app;
}
