import { createRoute, type OpenAPIHono, z } from "@hono/zod-openapi";
import type { AppDeps } from "../app.ts";
import { projectIdOf } from "../auth.ts";
import { body, json, optionalBody } from "../describe-resource.ts";
import { type AppEnv, allowNoBody, createRoutes } from "../http.ts";
import { pageOf, pageQuery } from "../pagination.ts";
import { getDelivery, listLog, replayMessages, resendDelivery } from "./delivery-log.ts";
import { getEndpoint } from "./endpoints.ts";
import {
  deliveryDetailSchema,
  deliverySchema,
  queuedDeliverySchema,
  queuedSchema,
  replaySchema,
  testSchema,
} from "./schema.ts";
import { sendTest } from "./send-test.ts";

const tags = ["Webhooks"];
const security = [{ secretKey: [] }];
const path = "/v1/webhook-endpoints/{id}";
const params = z.object({ id: z.uuid() });
const deliveryParams = z.object({ id: z.uuid(), deliveryId: z.uuid() });
const notFound = { description: "No such endpoint or delivery in this project." };

const test = createRoute({
  method: "post",
  path: `${path}/test`,
  tags,
  security,
  summary: "Send a test message",
  description: "Queues a ping, or a sample of another type. Its data says isTest: true.",
  request: { params, body: optionalBody(testSchema) },
  responses: {
    202: json(queuedDeliverySchema, "It is on its way; see deliveries."),
    404: notFound,
  },
});

const list = createRoute({
  method: "get",
  path: `${path}/deliveries`,
  tags,
  security,
  summary: "List deliveries",
  request: {
    params,
    query: pageQuery.extend({
      status: z.enum(["pending", "succeeded", "failed", "superseded"]).optional(),
    }),
  },
  responses: {
    200: json(pageOf(deliverySchema), "A page of deliveries, newest first."),
    404: notFound,
  },
});

const get = createRoute({
  method: "get",
  path: `${path}/deliveries/{deliveryId}`,
  tags,
  security,
  summary: "Read a delivery with what it sends and every attempt",
  request: { params: deliveryParams },
  responses: { 200: json(deliveryDetailSchema, "The delivery."), 404: notFound },
});

const resend = createRoute({
  method: "post",
  path: `${path}/deliveries/{deliveryId}/resend`,
  tags,
  security,
  summary: "Send a delivery's message again",
  description: "With the same webhook-id, so that a receiver can tell.",
  request: { params: deliveryParams },
  responses: { 202: json(queuedDeliverySchema, "It is on its way."), 404: notFound },
});

const replay = createRoute({
  method: "post",
  path: `${path}/replay`,
  tags,
  security,
  summary: "Send the messages of a span again",
  description: "Oldest first, each with its own webhook-id. What is still queued is not doubled.",
  request: { params, body: body(replaySchema) },
  responses: { 202: json(queuedSchema, "They are on their way."), 404: notFound },
});

/** The delivery log of an endpoint. The caller guards the path. */
export function deliveryRoutes(deps: Pick<AppDeps, "database" | "clock">): OpenAPIHono<AppEnv> {
  const app = createRoutes();
  const { db, sql } = deps.database;
  const now = () => new Date(deps.clock()).toISOString();

  async function endpointOf(projectId: string, id: string) {
    await getEndpoint(db, projectId, id);
    return { projectId, endpointId: id };
  }

  app.post("/v1/webhook-endpoints/:id/test", allowNoBody);
  app.openapi(test, async (c) => {
    const endpoint = await endpointOf(projectIdOf(c), c.req.valid("param").id);
    const { type = "ping" } = c.req.valid("json") ?? {};
    return c.json(await sendTest(sql, endpoint, { type, at: now() }), 202);
  });
  app.openapi(list, async (c) => {
    const endpoint = await endpointOf(projectIdOf(c), c.req.valid("param").id);
    return c.json(await listLog(sql, endpoint, c.req.valid("query")), 200);
  });
  app.openapi(get, async (c) => {
    const { id, deliveryId } = c.req.valid("param");
    const endpoint = await endpointOf(projectIdOf(c), id);
    return c.json(await getDelivery(sql, { ...endpoint, id: deliveryId }), 200);
  });
  app.openapi(resend, async (c) => {
    const { id, deliveryId } = c.req.valid("param");
    const endpoint = await endpointOf(projectIdOf(c), id);
    return c.json(await resendDelivery(sql, { ...endpoint, id: deliveryId }, now()), 202);
  });
  app.openapi(replay, async (c) => {
    const endpoint = await endpointOf(projectIdOf(c), c.req.valid("param").id);
    const span = c.req.valid("json");
    return c.json(await replayMessages(sql, endpoint, { span, at: now() }), 202);
  });
  return app;
}
