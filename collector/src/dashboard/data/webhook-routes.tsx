import { Hono } from "hono";
import { validate as isUuid } from "uuid";
import { Problem } from "../../problem.ts";
import { includesRole } from "../../sign-in/role.ts";
import { listLog, resendDelivery } from "../../webhooks/delivery-log.ts";
import { STRICT_POLICY } from "../../webhooks/endpoint-url.ts";
import {
  changeEndpoint,
  createEndpoint,
  type EndpointDeps,
  getEndpoint,
  listEndpointPage,
  rotateSecret,
} from "../../webhooks/endpoints.ts";
import { sendTest } from "../../webhooks/send-test.ts";
import type { DashboardContext, DashboardEnv } from "../env.ts";
import { auditAction, readForm } from "../form.ts";
import { type PageDeps, renderPage } from "../render.tsx";
import { requireRole } from "../require-session.ts";
import { EndpointPage } from "./endpoint-page.tsx";
import { readDeliveryCounts } from "./read-data.ts";
import { WEBHOOK_TYPES, WebhooksPage } from "./webhooks-page.tsx";

const PATH = "/dashboard/data/webhooks";

/** Endpoints and their deliveries. */
export function webhookPages(deps: PageDeps): Hono<DashboardEnv> {
  const app = new Hono<DashboardEnv>();
  const { sql, db } = deps.database;
  const verbs: EndpointDeps = {
    db,
    clock: deps.clock,
    appSecret: deps.appSecret,
    policy: deps.webhookPolicy ?? STRICT_POLICY,
  };

  async function showList(
    c: DashboardContext,
    said: { created: { url: string; secret: string } | null; fault: string | null },
  ): Promise<Response> {
    const project = c.get("project");
    const [{ data }, counts] = await Promise.all([
      listEndpointPage(db, project.id, { limit: 100 }),
      readDeliveryCounts(sql, project.id, deps.clock()),
    ]);
    return renderPage(
      c,
      deps,
      { title: "Webhooks", section: "data", status: said.fault ? 400 : 200 },
      <WebhooksPage
        endpoints={data}
        counts={counts}
        canChange={includesRole(project.role, "admin")}
        {...said}
      />,
    );
  }

  async function showEndpoint(c: DashboardContext, secret: string | null): Promise<Response> {
    const project = c.get("project");
    const id = idOf(c);
    const endpoint = await getEndpoint(db, project.id, id);
    const cursor = c.req.query("cursor");
    const key = { projectId: project.id, endpointId: id };
    const { data, nextCursor } = await listLog(sql, key, { limit: 25, ...(cursor && { cursor }) });
    return renderPage(
      c,
      deps,
      { title: endpoint.url, section: "data" },
      <EndpointPage
        endpoint={endpoint}
        deliveries={data}
        next={nextCursor}
        canChange={includesRole(project.role, "admin")}
        secret={secret}
      />,
    );
  }

  app.get(PATH, (c) => showList(c, { created: null, fault: null }));

  app.post(PATH, requireRole("admin"), async (c) => {
    const field = await readForm(c);
    const url = field("url");
    if (!/^https?:\/\//.test(url) || !URL.canParse(url)) {
      return showList(c, { created: null, fault: "The URL must start with https:// or http://." });
    }
    const types = WEBHOOK_TYPES.filter((type) => field(`type-${type}`) === "on");
    const projectId = c.get("project").id;
    try {
      const description = field("description").slice(0, 200);
      const { secret } = await createEndpoint(verbs, { projectId, url, description, types });
      await auditAction(c, sql, { action: "endpoint.created", target: url, at: deps.clock() });
      return showList(c, { created: { url, secret }, fault: null });
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      const details = error.errors.map(({ detail }) => detail).join(" ");
      return showList(c, { created: null, fault: `${error.message} ${details}` });
    }
  });

  app.get(`${PATH}/:id`, (c) => showEndpoint(c, null));

  app.post(`${PATH}/:id/rotate`, requireRole("admin"), async (c) => {
    const key = { projectId: c.get("project").id, id: idOf(c) };
    const { secret } = await rotateSecret(verbs, key);
    await auditAction(c, sql, {
      action: "endpoint.secret_rotated",
      target: key.id,
      at: deps.clock(),
    });
    return showEndpoint(c, secret);
  });

  app.post(`${PATH}/:id/test`, requireRole("admin"), async (c) => {
    const endpoint = { projectId: c.get("project").id, endpointId: idOf(c) };
    await getEndpoint(db, endpoint.projectId, endpoint.endpointId);
    await sendTest(sql, endpoint, { type: "ping", at: new Date(deps.clock()).toISOString() });
    return c.redirect(`${PATH}/${endpoint.endpointId}?said=queued`, 303);
  });

  for (const [verb, status] of [
    ["enable", "enabled"],
    ["disable", "disabled"],
  ] as const) {
    app.post(`${PATH}/:id/${verb}`, requireRole("admin"), async (c) => {
      const key = { projectId: c.get("project").id, id: idOf(c) };
      await changeEndpoint(verbs, key, { status });
      await auditAction(c, sql, { action: `endpoint.${status}`, target: key.id, at: deps.clock() });
      return c.redirect(`${PATH}/${key.id}?said=saved`, 303);
    });
  }

  app.post(`${PATH}/:id/deliveries/:delivery/resend`, requireRole("admin"), async (c) => {
    const id = c.req.param("delivery");
    if (!isUuid(id)) throw new Problem("not-found", "There is no such delivery.");
    const key = { projectId: c.get("project").id, endpointId: idOf(c), id };
    await resendDelivery(sql, key, new Date(deps.clock()).toISOString());
    await auditAction(c, sql, { action: "delivery.resent", target: id, at: deps.clock() });
    return c.redirect(`${PATH}/${key.endpointId}?said=queued`, 303);
  });
  return app;
}

function idOf(c: DashboardContext): string {
  const id = c.req.param("id") ?? "";
  if (!isUuid(id)) throw new Problem("not-found", "There is no such endpoint in this project.");
  return id;
}
