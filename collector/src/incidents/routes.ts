import { createRoute, type OpenAPIHono, z } from "@hono/zod-openapi";
import type { AppDeps } from "../app.ts";
import { projectIdOf, requireSecretKey } from "../auth.ts";
import { type AppEnv, createRoutes } from "../http.ts";
import { listIncidents } from "./list-incidents.ts";

const amounts = z.object({ events: z.number(), accounts: z.number() });

const incidentSchema = z
  .object({
    source: z.string().describe("usage, responses, or the name of an external series."),
    day: z.string(),
    expected: amounts.describe("Medians of the same weekday over the weeks before."),
    observed: amounts,
    openedAt: z.iso.datetime(),
    resolvedAt: z.iso.datetime().nullable(),
  })
  .openapi("Incident");

const list = createRoute({
  method: "get",
  path: "/v1/incidents",
  tags: ["Data"],
  security: [{ secretKey: [] }],
  summary: "List data incidents, newest first",
  description:
    "Days on which a source fell silent for nearly all accounts at once. They count as unknown, and no alert opens.",
  responses: {
    200: {
      description: "Those of the last year.",
      content: { "application/json": { schema: z.object({ data: z.array(incidentSchema) }) } },
    },
  },
});

/** `/v1/incidents`. */
export function incidentRoutes(deps: AppDeps): OpenAPIHono<AppEnv> {
  const app = createRoutes();
  app.use("/v1/incidents", requireSecretKey(deps.keyRing));
  app.openapi(list, async (c) => {
    const { sql } = deps.database;
    return c.json({ data: await listIncidents(sql, projectIdOf(c), deps.clock()) }, 200);
  });
  return app;
}
