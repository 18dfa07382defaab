import { createRoute, type OpenAPIHono, z } from "@hono/zod-openapi";
import type { AppDeps } from "../app.ts";
import { projectIdOf, requireSecretKey } from "../auth.ts";
import { body, describeResource, json, optionalBody } from "../describe-resource.ts";
import { type AppEnv, allowNoBody, createRoutes } from "../http.ts";
import { pageOf, pageQuery } from "../pagination.ts";
import { type AlertAction, actOnAlert } from "./act-on-alert.ts";
import { sumUpAlerts } from "./digest.ts";
import { measureInterventions } from "./interventions.ts";
import { getAlert, listAlerts } from "./list-alerts.ts";
import { measureNoise } from "./noise.ts";
import { alertRuleRoutes } from "./rule-routes.ts";
import {
  acknowledgeSchema,
  alertSchema,
  assignSchema,
  digestSchema,
  interventionSchema,
  LEVELS,
  noiseSchema,
  resolveSchema,
  STATUSES,
  snoozeSchema,
} from "./schema.ts";

const tags = ["Alerts"];
const security = [{ secretKey: [] }];
const path = "/v1/alerts";
const alerts = describeResource({
  tag: "Alerts",
  path,
  one: `${path}/{id}`,
  params: z.object({ id: z.uuid() }),
  missing: "No such alert in this project.",
});

const list = alerts.list({
  summary: "List alerts",
  query: pageQuery.extend({
    status: z.enum([...STATUSES, "unresolved"]).optional(),
    level: z.enum(LEVELS).optional(),
    rule: z.string().max(300).optional(),
    accountId: z.string().max(200).optional(),
    assignee: z.string().max(200).optional(),
  }),
  answer: pageOf(alertSchema),
  says: "A page of alerts, newest first.",
});

const noise = createRoute({
  method: "get",
  path: `${path}/noise`,
  tags,
  security,
  summary: "Read the noise budget",
  description: "Alerts a week by role and rule, the share that led to nothing, and what to change.",
  request: { query: z.object({ weeks: z.coerce.number().int().min(1).max(52).default(4) }) },
  responses: { 200: json(z.object({ data: z.array(noiseSchema) }), "By role and rule.") },
});

const digest = createRoute({
  method: "get",
  path: `${path}/digest`,
  tags,
  security,
  summary: "Read the digest of the last days",
  description:
    "For the daily or weekly review: what opened, escalated and ended, which tiers moved, and what waits, the most urgent first.",
  request: { query: z.object({ days: z.coerce.number().int().min(1).max(31).default(7) }) },
  responses: { 200: json(digestSchema, "The digest.") },
});

const interventions = createRoute({
  method: "get",
  path: `${path}/interventions`,
  tags,
  security,
  summary: "Read whether acting on alerts helps",
  description:
    "Accounts whose alert somebody acted on, against untouched accounts of like score, tenure and value.",
  request: { query: z.object({ days: z.coerce.number().int().min(90).max(1_095).default(365) }) },
  responses: { 200: json(interventionSchema, "Shares with 95 % intervals.") },
});

const get = alerts.get({ summary: "Read an alert", answer: alertSchema, says: "The alert." });
const acted = {
  answer: alertSchema,
  says: "The alert as it is now.",
  also: { 409: { description: "It is resolved already." } },
};
const acknowledge = alerts.act("acknowledge", {
  summary: "Acknowledge an alert: somebody deals with it",
  body: optionalBody(acknowledgeSchema),
  ...acted,
});
const assign = alerts.act("assign", {
  summary: "Assign an alert to a person",
  body: body(assignSchema),
  ...acted,
});
const snooze = alerts.act("snooze", {
  summary: "Put an alert aside until later",
  body: body(snoozeSchema),
  ...acted,
});
const resolve = alerts.act("resolve", {
  summary: "Resolve an alert, with what became of it",
  body: body(resolveSchema),
  ...acted,
});

/** `/v1/alerts` and `/v1/alert-rules`. */
export function alertRoutes(deps: AppDeps): OpenAPIHono<AppEnv> {
  const app = createRoutes();
  const { sql } = deps.database;
  const { clock, publicUrl } = deps;
  app.use(path, requireSecretKey(deps.keyRing));
  app.use(`${path}/*`, requireSecretKey(deps.keyRing));
  app.post(`${path}/:id/acknowledge`, allowNoBody);

  const act = (projectId: string, id: string, what: AlertAction) =>
    actOnAlert({ sql, clock, publicUrl }, { projectId, id }, what);

  app.openapi(list, async (c) =>
    c.json(await listAlerts(sql, projectIdOf(c), c.req.valid("query")), 200),
  );
  app.openapi(noise, async (c) => {
    const { weeks } = c.req.valid("query");
    const data = await measureNoise(sql, projectIdOf(c), { weeks, now: clock() });
    return c.json({ data }, 200);
  });
  app.openapi(digest, async (c) => {
    const { days } = c.req.valid("query");
    return c.json(await sumUpAlerts(sql, projectIdOf(c), { days, now: clock() }), 200);
  });
  app.openapi(interventions, async (c) => {
    const { days } = c.req.valid("query");
    return c.json(await measureInterventions(sql, projectIdOf(c), { days, now: clock() }), 200);
  });
  app.openapi(get, async (c) =>
    c.json(await getAlert(sql, projectIdOf(c), c.req.valid("param").id), 200),
  );
  app.openapi(acknowledge, async (c) => {
    const what = { kind: "acknowledge", ...c.req.valid("json") } as const;
    return c.json(await act(projectIdOf(c), c.req.valid("param").id, what), 200);
  });
  app.openapi(assign, async (c) => {
    const what = { kind: "assign", ...c.req.valid("json") } as const;
    return c.json(await act(projectIdOf(c), c.req.valid("param").id, what), 200);
  });
  app.openapi(snooze, async (c) => {
    const what = { kind: "snooze", ...c.req.valid("json") } as const;
    return c.json(await act(projectIdOf(c), c.req.valid("param").id, what), 200);
  });
  app.openapi(resolve, async (c) => {
    const what = { kind: "resolve", ...c.req.valid("json") } as const;
    return c.json(await act(projectIdOf(c), c.req.valid("param").id, what), 200);
  });
  app.route("/", alertRuleRoutes(deps));
  return app;
}
