import { createRoute, type OpenAPIHono, z } from "@hono/zod-openapi";
import type { AppDeps } from "../app.ts";
import { recordAudit } from "../audit/record-audit.ts";
import { actorOf, projectIdOf, requireSecretKey } from "../auth.ts";
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
    "hands the token to Telltale. The old secret ends within ten seconds. Shown this once.",
  responses: {
    200: {
      description: "The secret.",
      content: { "application/json": { schema: z.object({ secret: z.string() }) } },
    },
  },
});

/** `/v1/project`: what a project asks of ingestion. */
export function projectRoutes(
  deps: Pick<AppDeps, "keyRing" | "database" | "clock" | "appSecret">,
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
    const before = await getProject(sql, projectId);
    const project = await changeProject(sql, projectId, fields);
    const target = Object.keys(fields).join(", ");
    const entry = { projectId, actor: actorOf(c), action: "project.changed" as const, target };
    await recordAudit(sql, { ...entry, at: deps.clock(), before, after: project });
    deps.keyRing.forget();
    return c.json(project, 200);
  });
  app.openapi(rotate, async (c) => {
    const projectId = projectIdOf(c);
    const secret = await rotateIdentitySecret(db, box, projectId);
    const action = "identity_secret.rotated";
    await recordAudit(sql, { projectId, actor: actorOf(c), action, at: deps.clock() });
    return c.json({ secret }, 200);
  });
  return app;
}
