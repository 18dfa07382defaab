import { createRoute, type OpenAPIHono, z } from "@hono/zod-openapi";
import type { AppDeps } from "../app.ts";
import { requireSecretKey } from "../auth.ts";
import { type AppEnv, createRoutes } from "../http.ts";
import { assessImpact } from "./assess-impact.ts";
import { listFeatures } from "./list-features.ts";

const tags = ["Features"];
const security = [{ secretKey: [] }];

const featureSchema = z
  .object({
    key: z.string(),
    firstDay: z.string(),
    lastDay: z.string(),
    accounts: z.number().int().describe("That used it in the last 28 days."),
    users: z.number().int(),
    uses: z.number(),
    adoptionShare: z.number().describe("Accounts ÷ all accounts, 0–1."),
  })
  .openapi("Feature");

const list = createRoute({
  method: "get",
  path: "/v1/features",
  tags,
  security,
  summary: "List features with their adoption",
  responses: {
    200: {
      description: "Every feature that was ever used.",
      content: { "application/json": { schema: z.object({ data: z.array(featureSchema) }) } },
    },
  },
});

const impact = createRoute({
  method: "get",
  path: "/v1/features/{key}/impact",
  tags,
  security,
  summary: "Compare accounts with and without a feature",
  description: "Matched on size and tenure, without the feature's own share of the score.",
  request: { params: z.object({ key: z.string().min(1).max(200) }) },
  responses: {
    200: {
      description: "With n and 95 % intervals; an association, not a cause.",
      content: { "application/json": { schema: z.looseObject({ sentence: z.string() }) } },
    },
    404: { description: "Nobody in this project ever used it." },
  },
});

/** `/v1/features`. */
export function featureRoutes(deps: AppDeps): OpenAPIHono<AppEnv> {
  const app = createRoutes();
  const { sql } = deps.database;
  app.use("/v1/features", requireSecretKey(deps.keyRing));
  app.use("/v1/features/*", requireSecretKey(deps.keyRing));
  app.openapi(list, async (c) => {
    const { project } = c.get("keyHolder");
    return c.json({ data: await listFeatures(sql, project, deps.clock()) }, 200);
  });
  app.openapi(impact, async (c) => {
    const { project } = c.get("keyHolder");
    const question = { feature: c.req.valid("param").key, now: deps.clock() };
    return c.json({ ...(await assessImpact(sql, project, question)) }, 200);
  });
  return app;
}
