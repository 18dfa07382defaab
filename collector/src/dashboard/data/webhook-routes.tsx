import { Hono } from "hono";
import { Problem } from "../../problem.ts";
import { includesRole } from "../../sign-in/role.ts";
import { STRICT_POLICY } from "../../webhooks/endpoint-url.ts";
import { createEndpoint, type EndpointDeps, listEndpointPage } from "../../webhooks/endpoints.ts";
import { newEndpointSchema } from "../../webhooks/schema.ts";
import type { DashboardContext, DashboardEnv } from "../env.ts";
import { toNamedFaults } from "../field-faults.ts";
import { auditAction, readForm } from "../form.ts";
import { type PageDeps, renderPage } from "../render.tsx";
import { requireRole } from "../require-session.ts";
import { readSegmentChoices } from "../summaries/read-segment-choices.ts";
import type { FieldFault } from "../ui/field.tsx";
import {
  ENDPOINT_LABELS,
  type EndpointDraft,
  emptyEndpoint,
  parseEndpoint,
  toEndpointInput,
} from "./endpoint-draft.ts";
import { endpointPages } from "./endpoint-routes.tsx";
import { readDeliveryCounts } from "./read-data.ts";
import { WebhooksPage } from "./webhooks-page.tsx";

const PATH = "/dashboard/data/webhooks";

interface Said {
  created?: { url: string; secret: string };
  draft?: EndpointDraft;
  faults?: FieldFault[];
}

/** Webhook endpoints. */
export function webhookPages(deps: PageDeps): Hono<DashboardEnv> {
  const app = new Hono<DashboardEnv>();
  const { sql, db } = deps.database;
  const verbs: EndpointDeps = {
    db,
    clock: deps.clock,
    appSecret: deps.appSecret,
    policy: deps.webhookPolicy ?? STRICT_POLICY,
  };

  async function show(c: DashboardContext, said: Said = {}): Promise<Response> {
    const { created = null, draft = emptyEndpoint(), faults = [] } = said;
    const project = c.get("project");
    const [{ data }, counts, segments] = await Promise.all([
      listEndpointPage(db, project.id, { limit: 100 }),
      readDeliveryCounts(sql, project.id, deps.clock()),
      readSegmentChoices(deps, project),
    ]);
    return renderPage(
      c,
      deps,
      { title: "Webhooks", section: "data", status: faults.length > 0 ? 400 : 200 },
      <WebhooksPage
        endpoints={data}
        counts={counts}
        segments={segments}
        canChange={includesRole(project.role, "admin")}
        created={created}
        draft={draft}
        faults={faults}
      />,
    );
  }

  app.get(PATH, (c) => show(c));

  app.post(PATH, requireRole("admin"), async (c) => {
    const draft = parseEndpoint(await readForm(c));
    const { format, secret } = draft;
    const parsed = newEndpointSchema.safeParse({
      ...toEndpointInput(draft),
      format,
      ...(secret !== "" && { secret }),
    });
    if (!parsed.success) {
      return show(c, { draft, faults: toNamedFaults(parsed.error, ENDPOINT_LABELS) });
    }
    try {
      const given = { ...parsed.data, projectId: c.get("project").id };
      const { secret: made, ...endpoint } = await createEndpoint(verbs, given);
      await auditAction(c, deps, {
        action: "endpoint.created",
        target: endpoint.url,
        at: deps.clock(),
        after: endpoint,
      });
      return show(c, { created: { url: endpoint.url, secret: made } });
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      return show(c, { draft, faults: toNamedFaults(error, ENDPOINT_LABELS) });
    }
  });
  app.route("/", endpointPages(deps, verbs));
  return app;
}
