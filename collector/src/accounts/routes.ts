import { createRoute, type OpenAPIHono } from "@hono/zod-openapi";
import type { AppDeps } from "../app.ts";
import { projectIdOf, requireSecretKey } from "../auth.ts";
import { type AppEnv, createRoutes } from "../http.ts";
import { pageOf } from "../pagination.ts";
import { describeAccount } from "./describe-account.ts";
import { getHealth } from "./get-health.ts";
import { listAccounts } from "./list-accounts.ts";
import { rollUpChildren } from "./roll-up-children.ts";
import {
  accountListQuery,
  accountParams,
  accountSchema,
  healthSchema,
  oneAccountSchema,
  rolledUpSchema,
} from "./schema.ts";

const tags = ["Accounts"];
const security = [{ secretKey: [] }];
const notFound = { description: "No such account in this project." };

const list = createRoute({
  method: "get",
  path: "/v1/accounts",
  tags,
  security,
  summary: "List accounts",
  request: { query: accountListQuery },
  responses: {
    200: {
      description: "A page of accounts in the order of their ids.",
      content: { "application/json": { schema: pageOf(accountSchema) } },
    },
  },
});

const get = createRoute({
  method: "get",
  path: "/v1/accounts/{id}",
  tags,
  security,
  summary: "Read an account",
  request: { params: accountParams },
  responses: {
    200: {
      description: "The account.",
      content: { "application/json": { schema: oneAccountSchema } },
    },
    404: notFound,
  },
});

const health = createRoute({
  method: "get",
  path: "/v1/accounts/{id}/health",
  tags,
  security,
  summary: "Read an account's health",
  description: "The score with all that explains it. baseline + Σ drivers' contributions = score.",
  request: { params: accountParams },
  responses: {
    200: {
      description: "The health as of the last event, answer or night.",
      content: { "application/json": { schema: healthSchema } },
    },
    404: notFound,
  },
});

const rollUp = createRoute({
  method: "get",
  path: "/v1/accounts/{id}/roll-up",
  tags,
  security,
  summary: "Read what the children of an account make together",
  description: "A child names its parent in the trait parent_id.",
  request: { params: accountParams },
  responses: {
    200: {
      description: "Mean score by what the children pay, and the worst tier.",
      content: { "application/json": { schema: rolledUpSchema } },
    },
    404: notFound,
  },
});

/** `/v1/accounts`: who they are and how they are. */
export function accountRoutes(deps: AppDeps): OpenAPIHono<AppEnv> {
  const app = createRoutes();
  const { db } = deps.database;
  app.use("/v1/accounts", requireSecretKey(deps.keyRing));
  app.use("/v1/accounts/*", requireSecretKey(deps.keyRing));
  app.openapi(list, async (c) =>
    c.json(await listAccounts(db, projectIdOf(c), c.req.valid("query")), 200),
  );
  app.openapi(get, async (c) =>
    c.json(await describeAccount(deps, projectIdOf(c), c.req.valid("param").id), 200),
  );
  app.openapi(rollUp, async (c) =>
    c.json(await rollUpChildren(db, projectIdOf(c), c.req.valid("param").id), 200),
  );
  app.openapi(health, async (c) =>
    c.json(await getHealth(deps, projectIdOf(c), c.req.valid("param").id), 200),
  );
  return app;
}
