import { createRoute, type OpenAPIHono, z } from "@hono/zod-openapi";
import type { AppDeps } from "../app.ts";
import { projectIdOf, requireSecretKey } from "../auth.ts";
import { body, describeResource, json } from "../describe-resource.ts";
import { type AppEnv, createRoutes } from "../http.ts";
import { dryRunOf } from "./dry-run-of.ts";
import { changeRule, createRule, getRule, listRules, removeRule } from "./rules.ts";
import {
  dryRunResultSchema,
  dryRunSchema,
  dryRunSpanSchema,
  newRuleSchema,
  rulePatchSchema,
  ruleSchema,
} from "./schema.ts";

const path = "/v1/alert-rules";
const rules = describeResource({
  tag: "Alerts",
  path,
  one: `${path}/{key}`,
  params: z.object({ key: z.string().min(1).max(200) }),
  missing: "No such rule in this project.",
});

const list = rules.list({
  summary: "List alert rules",
  query: z.object({}),
  answer: z.object({ data: z.array(ruleSchema) }),
  says: "All of the project.",
});
const create = rules.create({
  summary: "Create an alert rule",
  description: "It is off unless told otherwise: try it in a dry run first.",
  body: newRuleSchema,
  answer: ruleSchema,
  says: "The rule.",
  also: { 409: { description: "The key is taken." } },
});
const get = rules.get({ summary: "Read an alert rule", answer: ruleSchema, says: "The rule." });
const change = rules.change({
  summary: "Change or enable an alert rule",
  body: rulePatchSchema,
  answer: ruleSchema,
  says: "The rule as it is now.",
});
const remove = rules.remove({
  summary: "Delete an alert rule",
  says: "Gone; its open alerts stay.",
});
const trySaved = rules.act("dry-run", {
  summary: "Try a saved rule on history",
  body: body(dryRunSpanSchema),
  answer: dryRunResultSchema,
  says: "What it would have done.",
});

const tryNew = createRoute({
  method: "post",
  path: `${path}/dry-run`,
  tags: ["Alerts"],
  security: [{ secretKey: [] }],
  summary: "Try a rule on history, without saving it",
  description:
    "Asks what the rule would have asked on each past day, with its notice and cool-down, and what became of the accounts.",
  request: { body: body(dryRunSchema) },
  responses: { 200: json(dryRunResultSchema, "What it would have done.") },
});

/** `/v1/alert-rules`: when an alert is due. */
export function alertRuleRoutes(deps: AppDeps): OpenAPIHono<AppEnv> {
  const app = createRoutes();
  const { sql } = deps.database;
  const now = () => new Date(deps.clock()).toISOString();
  app.use(path, requireSecretKey(deps.keyRing));
  app.use(`${path}/*`, requireSecretKey(deps.keyRing));
  app.openapi(list, async (c) =>
    c.json({ data: await listRules(sql, projectIdOf(c), now()) }, 200),
  );
  app.openapi(create, async (c) => {
    const rule = c.req.valid("json");
    return c.json(await createRule(sql, projectIdOf(c), { rule, at: now() }), 201);
  });
  app.openapi(tryNew, async (c) => {
    const { from, to, ...rule } = c.req.valid("json");
    const { project } = c.get("keyHolder");
    return c.json(await dryRunOf(sql, project, { rule, from, to, now: deps.clock() }), 200);
  });
  app.openapi(get, async (c) => {
    const { key } = c.req.valid("param");
    return c.json(await getRule(sql, projectIdOf(c), { key, at: now() }), 200);
  });
  app.openapi(change, async (c) => {
    const { key } = c.req.valid("param");
    const changes = c.req.valid("json");
    return c.json(await changeRule(sql, projectIdOf(c), { key, changes, at: now() }), 200);
  });
  app.openapi(remove, async (c) => {
    const { key } = c.req.valid("param");
    await removeRule(sql, projectIdOf(c), { key, at: now() });
    return c.body(null, 204);
  });
  app.openapi(trySaved, async (c) => {
    const { project } = c.get("keyHolder");
    const { key } = c.req.valid("param");
    const rule = await getRule(sql, project.id, { key, at: now() });
    const span = c.req.valid("json");
    return c.json(await dryRunOf(sql, project, { rule, ...span, now: deps.clock() }), 200);
  });
  return app;
}
