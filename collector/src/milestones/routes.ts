import { createRoute, type OpenAPIHono, z } from "@hono/zod-openapi";
import type { AppDeps } from "../app.ts";
import { projectIdOf, requireSecretKey } from "../auth.ts";
import { plainText } from "../bulk.ts";
import { type AppEnv, createRoutes } from "../http.ts";
import { listMilestones, removeMilestone, saveMilestone } from "./save-milestone.ts";

const tags = ["Milestones"];
const security = [{ secretKey: [] }];
const milestoneSchema = z
  .object({
    key: plainText(200).describe("As the event Milestone Reached names it."),
    name: plainText(200),
    dueAfterDays: z
      .number()
      .int()
      .min(1)
      .max(3_650)
      .nullable()
      .describe("Days after the account began; null when it has no date."),
  })
  .openapi("Milestone");

const list = createRoute({
  method: "get",
  path: "/v1/milestones",
  tags,
  security,
  summary: "List milestones",
  responses: {
    200: {
      description: "All of the project.",
      content: { "application/json": { schema: z.object({ data: z.array(milestoneSchema) }) } },
    },
  },
});

const save = createRoute({
  method: "post",
  path: "/v1/milestones",
  tags,
  security,
  summary: "Create or replace a milestone",
  request: {
    body: { required: true, content: { "application/json": { schema: milestoneSchema } } },
  },
  responses: {
    200: { description: "Saved.", content: { "application/json": { schema: milestoneSchema } } },
  },
});

const remove = createRoute({
  method: "delete",
  path: "/v1/milestones/{key}",
  tags,
  security,
  summary: "Delete a milestone",
  description: "What accounts reached stays recorded.",
  request: { params: z.object({ key: z.string().min(1).max(200) }) },
  responses: { 204: { description: "Gone." }, 404: { description: "No such milestone here." } },
});

/** `/v1/milestones`. */
export function milestoneRoutes(deps: AppDeps): OpenAPIHono<AppEnv> {
  const app = createRoutes();
  app.use("/v1/milestones", requireSecretKey(deps.keyRing));
  app.use("/v1/milestones/*", requireSecretKey(deps.keyRing));
  app.openapi(list, async (c) =>
    c.json({ data: await listMilestones(deps.database.db, projectIdOf(c)) }, 200),
  );
  app.openapi(save, async (c) => {
    const milestone = c.req.valid("json");
    const before = await saveMilestone(deps, projectIdOf(c), milestone);
    c.set("before", before && { ...before });
    return c.json(milestone, 200);
  });
  app.openapi(remove, async (c) => {
    const milestone = await removeMilestone(deps, projectIdOf(c), c.req.valid("param").key);
    c.set("before", { ...milestone });
    return c.body(null, 204);
  });
  return app;
}
