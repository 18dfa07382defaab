import { createRoute, type OpenAPIHono, z } from "@hono/zod-openapi";
import type { AppDeps } from "../app.ts";
import { projectIdOf, requireSecretKey } from "../auth.ts";
import { body, describeResource, json } from "../describe-resource.ts";
import { type AppEnv, createRoutes } from "../http.ts";
import { getPlaybooks } from "./choose-playbook.ts";
import { getPlaybook, removePlaybook, savePlaybook } from "./save-playbook.ts";
import { playbookParams as params, playbookBodySchema, playbookSchema } from "./schema.ts";

const path = "/v1/playbooks";
const playbooks = describeResource({
  tag: "Playbooks",
  path,
  one: `${path}/{key}`,
  params,
  missing: "No such playbook in this project.",
});

const list = playbooks.list({
  summary: "List playbooks",
  query: z.object({}),
  answer: z.object({ data: z.array(playbookSchema) }),
  says: "The project's and the default ones.",
});
const get = playbooks.get({
  summary: "Read a playbook",
  answer: playbookSchema,
  says: "The playbook.",
});

const save = createRoute({
  method: "put",
  path: `${path}/{key}`,
  tags: ["Playbooks"],
  security: [{ secretKey: [] }],
  summary: "Create or replace a playbook",
  description: "Replaces a default playbook of the same key or pattern.",
  request: {
    params,
    body: body(playbookBodySchema),
  },
  responses: {
    200: json(playbookSchema, "The playbook."),
    409: { description: "Another playbook has the pattern." },
  },
});

const remove = playbooks.remove({
  summary: "Delete a playbook of the project's own",
  says: "Gone; a default it replaced is back.",
});

/** `/v1/playbooks`: what to do when an alert opens. */
export function playbookRoutes(deps: AppDeps): OpenAPIHono<AppEnv> {
  const app = createRoutes();
  const { sql } = deps.database;
  app.use(path, requireSecretKey(deps.keyRing));
  app.use(`${path}/*`, requireSecretKey(deps.keyRing));
  app.openapi(list, async (c) => c.json({ data: await getPlaybooks(sql, projectIdOf(c)) }, 200));
  app.openapi(get, async (c) =>
    c.json(await getPlaybook(sql, projectIdOf(c), c.req.valid("param").key), 200),
  );
  app.openapi(save, async (c) => {
    const playbook = { ...c.req.valid("json"), key: c.req.valid("param").key };
    const at = new Date(deps.clock()).toISOString();
    return c.json(await savePlaybook(sql, projectIdOf(c), { playbook, at }), 200);
  });
  app.openapi(remove, async (c) => {
    await removePlaybook(sql, projectIdOf(c), c.req.valid("param").key);
    return c.body(null, 204);
  });
  return app;
}
