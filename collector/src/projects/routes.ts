import { createRoute, type OpenAPIHono, z } from "@hono/zod-openapi";
import type { AppDeps } from "../app.ts";
import { projectIdOf, requireSecretKey } from "../auth.ts";
import { type AppEnv, createRoutes } from "../http.ts";
import { createSecretBox } from "../webhooks/secret-box.ts";
import { changeProject, getProject } from "./change-project.ts";
import { rotateIdentitySecret } from "./identity-secret.ts";
import { projectChangeSchema, projectSchema } from "./settings.ts";

const tags = ["Project"];
const security = [{ secretKey: [] }];
const content = { "application/json": { schema: projectSchema } };

const read = createRoute({
  method: "get",
  path: "/v1/project",
  tags,
  security,
  summary: "Read the project's settings",
  responses: { 200: { description: "The project of the key.", content } },
});

const change = createRoute({
  method: "patch",
  path: "/v1/project",
  tags,
  security,
  summary: "Change the project's settings",
  description: "Fields that are absent stay as they are. Takes effect within ten seconds.",
  request: { body: { content: { "application/json": { schema: projectChangeSchema } } } },
  responses: { 200: { description: "The project as it is now.", content } },
});

const rotate = createRoute({
  method: "post",
  path: "/v1/project/identity-secret",
  tags,
  security,
  summary: "Make a new identity secret",
  description:
    "Your server signs { sub, account, iat, exp } with it (HS256, at most one hour), and the page " +
    "hands the token to Telltale. The new secret counts within a second, the old one ends within " +
    "ten. Shown this once.",
  responses: {
    200: {
      description: "The secret.",
      content: { "application/json": { schema: z.object({ secret: z.string() }) } },
    },
  },
});

/** `/v1/project`: what a project asks of ingestion. */
export function projectRoutes(
  deps: Pick<AppDeps, "keyRing" | "database" | "appSecret">,
): OpenAPIHono<AppEnv> {
  const app = createRoutes();
  const { sql, db } = deps.database;
  const box = createSecretBox(deps.appSecret);
  app.use("/v1/project", requireSecretKey(deps.keyRing));
  app.use("/v1/project/*", requireSecretKey(deps.keyRing));
  app.openapi(read, async (c) => c.json(await getProject(sql, projectIdOf(c)), 200));
  app.openapi(change, async (c) => {
    const projectId = projectIdOf(c);
    const fields = c.req.valid("json");
    c.set("before", await getProject(sql, projectId));
    const project = await changeProject(sql, projectId, fields);
    deps.keyRing.forget();
    return c.json(project, 200);
  });
  app.openapi(rotate, async (c) => {
    const projectId = projectIdOf(c);
    const secret = await rotateIdentitySecret(db, box, projectId);
    return c.json({ secret }, 200);
  });
  return app;
}
