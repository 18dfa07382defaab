import { createRoute, type OpenAPIHono, z } from "@hono/zod-openapi";
import type { AppDeps } from "../app.ts";
import { projectIdOf, requireSecretKey } from "../auth.ts";
import { describeResource, json } from "../describe-resource.ts";
import { type AppEnv, createRoutes } from "../http.ts";
import { importCsv } from "./import-csv.ts";
import { receiveWebhook } from "./receive.ts";
import {
  createdSourceSchema,
  importedSchema,
  newSourceSchema,
  receivedSchema,
  sourceSchema,
} from "./schema.ts";
import { createSource, listSources, removeSource } from "./sources.ts";

const path = "/v1/sources";
const params = z.object({ id: z.uuid() });
const missing = "No such source in this project.";
const sources = describeResource({
  tag: "Sources",
  path,
  one: `${path}/{id}`,
  params,
  missing,
});

const list = sources.list({
  summary: "List sources with their heartbeats",
  query: z.object({}),
  answer: z.object({ data: z.array(sourceSchema) }),
  says: "All of the project.",
});
const create = sources.create({
  summary: "Create a source of signals",
  description: "Presets for Zendesk, Intercom, HubSpot and Stripe, or a mapping of your own.",
  body: newSourceSchema,
  answer: createdSourceSchema,
  says: "The source, with its address and secret.",
});
const remove = sources.remove({ summary: "Delete a source", says: "Gone; its signals stay." });

const upload = createRoute({
  method: "post",
  path: `${path}/{id}/csv`,
  tags: ["Sources"],
  security: [{ secretKey: [] }],
  summary: "Import a CSV file through a generic source",
  description:
    "With a header row; the mapping's paths are names of columns. UTF-8. `rejected` lists the first " +
    "1,000 of `rejectedCount`.",
  request: {
    params,
    body: { required: true, content: { "text/csv": { schema: z.string() } } },
  },
  responses: {
    200: json(importedSchema, "What was stored."),
    404: { description: missing },
  },
});

const receive = createRoute({
  method: "post",
  path: "/v1/in/{id}",
  tags: ["Sources"],
  summary: "Receive a signed webhook of a source",
  description: "Called by the foreign system. The signature is checked over the raw body first.",
  request: { params },
  responses: {
    200: json(receivedSchema, "What was stored."),
    401: { description: "The signature does not fit." },
    404: { description: "No such source." },
  },
});

/** `/v1/sources` and `/v1/in/{id}`: signals from other systems. */
export function sourceRoutes(deps: AppDeps): OpenAPIHono<AppEnv> {
  const app = createRoutes();
  const { sql } = deps.database;
  const { clock, appSecret, publicUrl } = deps;
  const verbs = { sql, clock, appSecret, publicUrl };
  app.use(path, requireSecretKey(deps.keyRing));
  app.use(`${path}/*`, requireSecretKey(deps.keyRing));
  app.openapi(list, async (c) => c.json({ data: await listSources(verbs, projectIdOf(c)) }, 200));
  app.openapi(create, async (c) =>
    c.json(await createSource(verbs, projectIdOf(c), c.req.valid("json")), 201),
  );
  app.openapi(remove, async (c) => {
    c.set("before", { ...(await removeSource(sql, projectIdOf(c), c.req.valid("param").id)) });
    return c.body(null, 204);
  });
  app.openapi(upload, async (c) => {
    const key = { projectId: projectIdOf(c), id: c.req.valid("param").id };
    const text = await c.req.text();
    return c.json(await importCsv(sql, key, { text, now: clock() }), 200);
  });
  app.openapi(receive, async (c) => {
    const { id } = c.req.valid("param");
    const request = {
      method: "POST",
      url: `${publicUrl}/v1/in/${id}`,
      header: (name: string) => c.req.header(name),
      body: await c.req.text(),
      receivedAt: clock(),
    };
    return c.json(await receiveWebhook({ sql, appSecret }, id, request), 200);
  });
  return app;
}
