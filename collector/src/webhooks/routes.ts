import { createRoute, type OpenAPIHono, z } from "@hono/zod-openapi";
import type { AppDeps } from "../app.ts";
import { projectIdOf, requireSecretKey } from "../auth.ts";
import { describeResource, json } from "../describe-resource.ts";
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

const path = "/v1/webhook-endpoints";
const params = z.object({ id: z.uuid() });
const missing = "No such endpoint in this project.";
const endpoints = describeResource({
  tag: "Webhooks",
  path,
  one: `${path}/{id}`,
  params,
  missing,
});

const create = endpoints.create({
  summary: "Create a webhook endpoint",
  description: "The secret is in this answer only. Private addresses are refused.",
  body: newEndpointSchema,
  answer: createdEndpointSchema,
  says: "The endpoint with its secret.",
});
const list = endpoints.list({
  summary: "List webhook endpoints",
  query: pageQuery,
  answer: pageOf(endpointSchema),
  says: "A page of endpoints, oldest first.",
});
const get = endpoints.get({
  summary: "Read a webhook endpoint",
  answer: endpointSchema,
  says: "The endpoint.",
});
const change = endpoints.change({
  summary: "Change a webhook endpoint",
  description: "Enabling forgets past failures; disabling keeps what is queued.",
  body: endpointPatchSchema,
  answer: endpointSchema,
  says: "The endpoint as it is now.",
});
const remove = endpoints.remove({ summary: "Delete a webhook endpoint", says: "It is gone." });

const rotate = createRoute({
  method: "post",
  path: `${path}/{id}/rotate-secret`,
  tags: ["Webhooks"],
  security: [{ secretKey: [] }],
  summary: "Give a webhook endpoint a new secret",
  description: "For 24 hours messages are signed with both, the new one first.",
  request: { params },
  responses: {
    200: json(rotatedSecretSchema, "The new secret, shown once."),
    404: { description: missing },
  },
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
