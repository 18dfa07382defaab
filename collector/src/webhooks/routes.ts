import { createRoute, type OpenAPIHono, z } from "@hono/zod-openapi";
import type { AppDeps } from "../app.ts";
import { projectIdOf, requireSecretKey } from "../auth.ts";
import { type AppEnv, createRoutes } from "../http.ts";
import { pageOf, pageQuery } from "../pagination.ts";
import { deliveryRoutes } from "./delivery-routes.ts";
import { STRICT_POLICY } from "./endpoint-url.ts";
import {
  changeEndpoint,
  createEndpoint,
  type EndpointDeps,
  getEndpoint,
  listEndpointPage,
  removeEndpoint,
  rotateSecret,
} from "./endpoints.ts";
import {
  createdEndpointSchema,
  endpointPatchSchema,
  endpointSchema,
  newEndpointSchema,
  rotatedSecretSchema,
} from "./schema.ts";

const tags = ["Webhooks"];
const security = [{ secretKey: [] }];
const path = "/v1/webhook-endpoints";
const params = z.object({ id: z.uuid() });
const notFound = { description: "No such endpoint in this project." };
const json = <Schema extends z.ZodType>(schema: Schema, description: string) => ({
  description,
  content: { "application/json": { schema } },
});
const body = <Schema extends z.ZodType>(schema: Schema) => ({
  required: true,
  content: { "application/json": { schema } },
});

const create = createRoute({
  method: "post",
  path,
  tags,
  security,
  summary: "Create a webhook endpoint",
  description: "The secret is in this answer only. Private addresses are refused.",
  request: { body: body(newEndpointSchema) },
  responses: { 201: json(createdEndpointSchema, "The endpoint with its secret.") },
});

const list = createRoute({
  method: "get",
  path,
  tags,
  security,
  summary: "List webhook endpoints",
  request: { query: pageQuery },
  responses: { 200: json(pageOf(endpointSchema), "A page of endpoints, oldest first.") },
});

const get = createRoute({
  method: "get",
  path: `${path}/{id}`,
  tags,
  security,
  summary: "Read a webhook endpoint",
  request: { params },
  responses: { 200: json(endpointSchema, "The endpoint."), 404: notFound },
});

const change = createRoute({
  method: "patch",
  path: `${path}/{id}`,
  tags,
  security,
  summary: "Change a webhook endpoint",
  description: "Enabling forgets past failures; disabling keeps what is queued.",
  request: { params, body: body(endpointPatchSchema) },
  responses: { 200: json(endpointSchema, "The endpoint as it is now."), 404: notFound },
});

const remove = createRoute({
  method: "delete",
  path: `${path}/{id}`,
  tags,
  security,
  summary: "Delete a webhook endpoint",
  request: { params },
  responses: { 204: { description: "It is gone." }, 404: notFound },
});

const rotate = createRoute({
  method: "post",
  path: `${path}/{id}/rotate-secret`,
  tags,
  security,
  summary: "Give a webhook endpoint a new secret",
  description: "For 24 hours messages are signed with both, the new one first.",
  request: { params },
  responses: { 200: json(rotatedSecretSchema, "The new secret, shown once."), 404: notFound },
});

/** `/v1/webhook-endpoints`: who is told what, and what became of it. */
export function webhookRoutes(deps: AppDeps): OpenAPIHono<AppEnv> {
  const app = createRoutes();
  const verbs: EndpointDeps = {
    db: deps.database.db,
    clock: deps.clock,
    appSecret: deps.appSecret,
    policy: deps.webhookPolicy ?? STRICT_POLICY,
  };
  app.use(path, requireSecretKey(deps.keyRing));
  app.use(`${path}/*`, requireSecretKey(deps.keyRing));
  app.openapi(create, async (c) => {
    const endpoint = { ...c.req.valid("json"), projectId: projectIdOf(c) };
    return c.json(await createEndpoint(verbs, endpoint), 201);
  });
  app.openapi(list, async (c) =>
    c.json(await listEndpointPage(verbs.db, projectIdOf(c), c.req.valid("query")), 200),
  );
  app.openapi(get, async (c) =>
    c.json(await getEndpoint(verbs.db, projectIdOf(c), c.req.valid("param").id), 200),
  );
  app.openapi(change, async (c) => {
    const key = { projectId: projectIdOf(c), id: c.req.valid("param").id };
    return c.json(await changeEndpoint(verbs, key, c.req.valid("json")), 200);
  });
  app.openapi(remove, async (c) => {
    await removeEndpoint(verbs.db, projectIdOf(c), c.req.valid("param").id);
    return c.body(null, 204);
  });
  app.openapi(rotate, async (c) => {
    const key = { projectId: projectIdOf(c), id: c.req.valid("param").id };
    return c.json(await rotateSecret(verbs, key), 200);
  });
  app.route("/", deliveryRoutes(deps));
  return app;
}
