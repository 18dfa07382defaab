import { Hono } from "hono";
import { validate as isUuid } from "uuid";
import { Problem } from "../../problem.ts";
import { includesRole } from "../../sign-in/role.ts";
import { listLog, replayMessages, resendDelivery } from "../../webhooks/delivery-log.ts";
import {
  changeEndpoint,
  type EndpointDeps,
  getEndpoint,
  removeEndpoint,
  rotateSecret,
} from "../../webhooks/endpoints.ts";
import { endpointPatchSchema, replaySchema, WEBHOOK_TYPES } from "../../webhooks/schema.ts";
import { readSample, sendTest } from "../../webhooks/send-test.ts";
import type { DashboardContext, DashboardEnv } from "../env.ts";
import { toNamedFaults } from "../field-faults.ts";
import { auditAction, readForm } from "../form.ts";
import { type PageDeps, renderPage } from "../render.tsx";
import { requireRole } from "../require-session.ts";
import { readSegmentChoices } from "../summaries/read-segment-choices.ts";
import { STATUS_WORDS } from "./delivery-list.tsx";
import {
  ENDPOINT_LABELS,
  parseEndpoint,
  toEndpointDraft,
  toEndpointInput,
} from "./endpoint-draft.ts";
import { EndpointPage, type EndpointView } from "./endpoint-page.tsx";

const PATH = "/dashboard/data/webhooks/:id";

type Said = Partial<Pick<EndpointView, "draft" | "replay" | "secret" | "faults">>;

/** One webhook endpoint: its settings, its deliveries, tests and replays. */
export function endpointPages(deps: PageDeps, verbs: EndpointDeps): Hono<DashboardEnv> {
  const app = new Hono<DashboardEnv>();
  const { sql, db } = deps.database;
  const now = (): string => new Date(deps.clock()).toISOString();
  const keyOf = (c: DashboardContext) => ({ projectId: c.get("project").id, id: idOf(c) });
  const backTo = (c: DashboardContext, query: string) =>
    c.redirect(`/dashboard/data/webhooks/${idOf(c)}?${query}`, 303);

  async function show(c: DashboardContext, said: Said = {}): Promise<Response> {
    const { projectId, id } = keyOf(c);
    const endpoint = await getEndpoint(db, projectId, id);
    const query = (name: string): string => c.req.query(name) ?? "";
    const status = (
      Object.hasOwn(STATUS_WORDS, query("status")) ? query("status") : ""
    ) as keyof typeof STATUS_WORDS;
    const type = WEBHOOK_TYPES.find((one) => one === query("sample")) ?? "ping";
    const page = {
      limit: 25,
      ...(query("cursor") && { cursor: query("cursor") }),
      ...(status && { status }),
    };
    const [{ data, nextCursor }, segments] = await Promise.all([
      listLog(sql, { projectId, endpointId: id }, page),
      readSegmentChoices(deps, c.get("project")),
    ]);
    const { faults = [] } = said;
    const view: EndpointView = {
      endpoint,
      draft: toEndpointDraft(endpoint),
      replay: { from: "", to: "", status: "undelivered" },
      segments,
      deliveries: data,
      status,
      next: nextCursor,
      canChange: includesRole(c.get("project").role, "admin"),
      secret: null,
      queued: /^\d{1,9}$/.test(query("queued")) ? Number(query("queued")) : null,
      sample: { type, body: readSample(type, now()) },
      ...said,
      faults,
    };
    return renderPage(
      c,
      deps,
      { title: endpoint.url, section: "data", status: faults.length > 0 ? 400 : 200 },
      <EndpointPage view={view} />,
    );
  }

  app.get(PATH, (c) => show(c));

  app.post(PATH, requireRole("admin"), async (c) => {
    const key = keyOf(c);
    const before = await getEndpoint(db, key.projectId, key.id);
    const draft = { ...parseEndpoint(await readForm(c)), format: before.format };
    const parsed = endpointPatchSchema.safeParse(toEndpointInput(draft));
    if (!parsed.success) {
      return show(c, { draft, faults: toNamedFaults(parsed.error, ENDPOINT_LABELS) });
    }
    try {
      const after = await changeEndpoint(verbs, key, parsed.data);
      const entry = { action: "endpoint.changed" as const, target: before.url, at: deps.clock() };
      await auditAction(c, deps, { ...entry, before, after });
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      return show(c, { draft, faults: toNamedFaults(error, ENDPOINT_LABELS) });
    }
    return backTo(c, "said=saved");
  });

  app.post(`${PATH}/delete`, requireRole("admin"), async (c) => {
    const { projectId, id } = keyOf(c);
    const before = await getEndpoint(db, projectId, id);
    await removeEndpoint(db, projectId, id);
    const entry = { action: "endpoint.removed" as const, target: before.url, at: deps.clock() };
    await auditAction(c, deps, { ...entry, before });
    return c.redirect("/dashboard/data/webhooks?said=removed", 303);
  });

  app.post(`${PATH}/rotate`, requireRole("admin"), async (c) => {
    const key = keyOf(c);
    const { secret } = await rotateSecret(verbs, key);
    const entry = { action: "endpoint.secret_rotated" as const, target: key.id, at: deps.clock() };
    await auditAction(c, deps, entry);
    return show(c, { secret });
  });

  app.post(`${PATH}/test`, requireRole("admin"), async (c) => {
    const { projectId, id } = keyOf(c);
    const { url } = await getEndpoint(db, projectId, id);
    const wanted = (await readForm(c))("sample");
    const type = WEBHOOK_TYPES.find((one) => one === wanted) ?? "ping";
    await sendTest(sql, { projectId, endpointId: id }, { type, at: now() });
    await auditAction(c, deps, { action: "endpoint.tested", target: url, at: deps.clock() });
    return backTo(c, `said=queued&sample=${type}`);
  });

  app.post(`${PATH}/replay`, requireRole("admin"), async (c) => {
    const { projectId, id } = keyOf(c);
    const { url } = await getEndpoint(db, projectId, id);
    const field = await readForm(c);
    const replay = { from: field("from"), to: field("to"), status: field("which") };
    const toMoment = (local: string): string => (local === "" ? "" : `${local.slice(0, 16)}:00Z`);
    const span = replaySchema.safeParse({
      from: toMoment(replay.from),
      ...(replay.to !== "" && { to: toMoment(replay.to) }),
      ...(replay.status !== "" && { status: replay.status }),
    });
    const labels = { from: "The start", to: "The end", status: "Which messages" };
    if (!span.success) return show(c, { replay, faults: toNamedFaults(span.error, labels) });
    const endpoint = { projectId, endpointId: id };
    const { queued } = await replayMessages(sql, endpoint, { span: span.data, at: now() });
    const entry = { action: "endpoint.replayed" as const, target: url, at: deps.clock() };
    await auditAction(c, deps, { ...entry, after: { ...span.data, queued } });
    return backTo(c, `queued=${queued}`);
  });

  for (const [verb, status] of [
    ["enable", "enabled"],
    ["disable", "disabled"],
  ] as const) {
    app.post(`${PATH}/${verb}`, requireRole("admin"), async (c) => {
      const key = keyOf(c);
      const before = await getEndpoint(db, key.projectId, key.id);
      const after = await changeEndpoint(verbs, key, { status });
      const entry = { action: `endpoint.${status}` as const, target: before.url, at: deps.clock() };
      await auditAction(c, deps, { ...entry, before, after });
      return backTo(c, "said=saved");
    });
  }

  app.post(`${PATH}/deliveries/:delivery/resend`, requireRole("admin"), async (c) => {
    const id = c.req.param("delivery");
    if (!isUuid(id)) throw new Problem("not-found", "There is no such delivery.");
    const { projectId, id: endpointId } = keyOf(c);
    await resendDelivery(sql, { projectId, endpointId, id }, now());
    await auditAction(c, deps, { action: "delivery.resent", target: id, at: deps.clock() });
    return backTo(c, "said=queued");
  });
  return app;
}

function idOf(c: DashboardContext): string {
  const id = c.req.param("id") ?? "";
  if (!isUuid(id)) throw new Problem("not-found", "There is no such endpoint in this project.");
  return id;
}
