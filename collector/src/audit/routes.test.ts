import { beforeAll, describe, expect, it } from "vitest";
import { createTestCollector, type TestCollector } from "../../test/collector.ts";
import { useTestDatabase } from "../../test/database.ts";
import { csatDefinition } from "../../test/surveys.ts";
import { REST_ACTIONS } from "./actions.ts";
import { toAudited } from "./to-action.ts";

const test = useTestDatabase();

/** Data that streams in, questions, and an erasure, which writes its line in its own commit. */
const UNAUDITED = [
  "DELETE /v1/users/{id}",
  "POST /v1/alert-rules/dry-run",
  "POST /v1/alert-rules/{key}/dry-run",
  "POST /v1/alias",
  "POST /v1/batch",
  "POST /v1/group",
  "POST /v1/identify",
  "POST /v1/in/{id}",
  "POST /v1/models/{version}/scenario",
  "POST /v1/observations",
  "POST /v1/page",
  "POST /v1/prompts/claim",
  "POST /v1/screen",
  "POST /v1/track",
];

const JSON_TYPE = { "content-type": "application/json" };

interface Line {
  actor: string;
  action: string;
  target: string;
  ip: string;
  change: Record<string, { before?: unknown; after?: unknown }> | null;
}

describe("the audit log of the REST interface", () => {
  let collector: TestCollector;
  const call = async (method: string, path: string, body?: unknown) =>
    (await collector.call(method, path, body)).json().catch(() => ({}));
  const newest = async (): Promise<Line> => (await call("GET", "/v1/audit-log?limit=1")).data[0];

  beforeAll(async () => {
    collector = await createTestCollector(test.database);
  });

  it("tells from which address a change came", async () => {
    const socket = { remoteAddress: "203.0.113.9" };
    const authorization = `Bearer ${collector.secretKey}`;
    const survey = { key: "far", name: "Far", definition: csatDefinition };
    const body = JSON.stringify(survey);
    const init = { method: "POST", body, headers: { authorization, ...JSON_TYPE } };
    await collector.app.request("/v1/surveys", init, { incoming: { socket } });
    expect(await newest()).toMatchObject({ action: "survey.created", ip: "203.0.113.9" });
    const erasure = { method: "DELETE", headers: { authorization } };
    await collector.app.request("/v1/users/gone", erasure, { incoming: { socket } });
    expect(await newest()).toMatchObject({ action: "user.erased", ip: "203.0.113.9" });
  });

  it("names the key, the thing and what of it differs", async () => {
    const definition = csatDefinition;
    const { id } = await call("POST", "/v1/surveys", { key: "one", name: "One", definition });
    expect(await newest()).toMatchObject({
      action: "survey.created",
      target: "one",
      change: { name: { after: "One" } },
    });
    await call("PATCH", `/v1/surveys/${id}`, { name: "Two" });
    const changed = await newest();
    expect(changed).toMatchObject({ action: "survey.changed", target: id });
    expect(changed.actor).toMatch(/^key sk_/);
    expect(changed.change).toEqual({ name: { before: "One", after: "Two" } });
    await call("DELETE", `/v1/surveys/${id}`);
    expect(await newest()).toMatchObject({
      action: "survey.removed",
      change: { name: { before: "Two" } },
    });
  });

  it("never shows a secret", async () => {
    const { id, secret } = await call("POST", "/v1/webhook-endpoints", {
      url: "https://93.184.216.34/in",
      format: "hubspot",
      credentials: { token: "pat-4711" },
    });
    const rotated = await call("POST", `/v1/webhook-endpoints/${id}/rotate-secret`);
    expect(await newest()).toMatchObject({ action: "endpoint.secret_rotated", target: id });
    await call("PATCH", `/v1/webhook-endpoints/${id}`, { maxPerSecond: 3 });
    expect((await newest()).change).toEqual({ maxPerSecond: { before: null, after: 3 } });
    const log = JSON.stringify(await call("GET", "/v1/audit-log"));
    expect(log).toContain("endpoint.created");
    for (const hidden of [secret, rotated.secret, "pat-4711"]) expect(log).not.toContain(hidden);
  });

  it("shows the old name or address of what was given a new one", async () => {
    const { id, url } = await call("POST", "/v1/webhook-endpoints", {
      url: "https://93.184.216.34/old",
    });
    await call("PATCH", `/v1/webhook-endpoints/${id}`, { url: "https://93.184.216.34/new" });
    expect((await newest()).change).toEqual({
      url: { before: url, after: "https://93.184.216.34/new" },
    });
    const { name } = await call("GET", "/v1/project");
    await call("PATCH", "/v1/project", { name: "Renamed" });
    expect(await newest()).toMatchObject({
      action: "project.changed",
      change: { name: { before: name, after: "Renamed" } },
    });
  });

  it("counts what comes in masses, without what people wrote", async () => {
    const requests = [{ accountId: "acme", text: "Something private" }];
    await call("POST", "/v1/requests", { requests });
    expect(await newest()).toMatchObject({
      action: "request.created",
      change: { accepted: { after: 1 } },
    });
    expect(JSON.stringify(await call("GET", "/v1/audit-log"))).not.toContain("private");
  });

  it("has no line for what was refused, for questions and for events", async () => {
    const before = await newest();
    await call("PATCH", "/v1/surveys/0198c7a0-0000-7000-8000-0000000000ff", { name: "No" });
    await call("POST", "/v1/surveys", { key: "" });
    await collector.send({ type: "track", event: "Export", userId: "ann" });
    expect(await newest()).toEqual(before);
  });

  it("tells what a segment and a milestone were before they were replaced or removed", async () => {
    const rules = [{ trait: "plan", operator: "equals", value: "pro" }];
    await call("POST", "/v1/segments", { key: "pro", name: "Pro", rules });
    expect(await newest()).toMatchObject({ action: "segment.saved", change: { rules: {} } });
    const newRules = [{ trait: "plan", operator: "equals", value: "max" }];
    await call("POST", "/v1/segments", { key: "pro", name: "Pro", rules: newRules });
    expect((await newest()).change).toEqual({ rules: { before: rules, after: newRules } });
    await call("DELETE", "/v1/segments/pro");
    expect(await newest()).toMatchObject({
      action: "segment.removed",
      target: "pro",
      change: { name: { before: "Pro" }, rules: { before: newRules } },
    });
    await call("POST", "/v1/milestones", { key: "live", name: "Live", dueAfterDays: 30 });
    await call("POST", "/v1/milestones", { key: "live", name: "Live", dueAfterDays: 60 });
    expect(await newest()).toMatchObject({
      action: "milestone.saved",
      target: "live",
      change: { dueAfterDays: { before: 30, after: 60 } },
    });
    await call("DELETE", "/v1/milestones/live");
    expect((await newest()).change).toMatchObject({ dueAfterDays: { before: 60 } });
  });

  it("has the tier of an opinion, not its words", async () => {
    await collector.send({ type: "group", userId: "ann", groupId: "acme" });
    const opinion = { author: "Grace", note: "Something private" };
    await call("PUT", "/v1/accounts/acme/pulse", { ...opinion, tier: "at_risk" });
    expect(await newest()).toMatchObject({
      action: "account.pulse_given",
      target: "acme",
      change: { tier: { after: "at_risk" } },
    });
    expect(JSON.stringify(await call("GET", "/v1/audit-log"))).not.toContain("private");
  });

  it("has the title of an idea and what became of it, not the reasons", async () => {
    const idea = { title: "Weigh exports", why: "Something private", author: "Grace" };
    const { id } = await call("POST", "/v1/model-ideas", idea);
    expect((await newest()).change).toEqual({
      title: { after: "Weigh exports" },
      author: { after: "Grace" },
    });
    const answer = { status: "declined", answer: "Something private", author: "Ada" };
    await call("PATCH", `/v1/model-ideas/${id}`, answer);
    expect((await newest()).change).toEqual({
      status: { after: "declined" },
      answeredBy: { after: "Ada" },
    });
  });

  it("calls switching a thing what the dashboard calls it", async () => {
    const { key } = await call("POST", "/v1/alert-rules", {
      key: "quiet",
      name: "Quiet",
      level: "intervene",
      trigger: { kind: "drop", points: 25, days: 14 },
    });
    await call("PATCH", `/v1/alert-rules/${key}`, { isEnabled: true });
    expect(await newest()).toMatchObject({
      action: "alert_rule.enabled",
      change: { isEnabled: { before: false, after: true } },
    });
  });

  it("failing to be written takes no answer away that is given only once", async () => {
    const url = "https://93.184.216.34/in";
    await test.database.sql`ALTER TABLE audit_log RENAME TO audit_log_away`;
    const answer = await collector.call("POST", "/v1/webhook-endpoints", { url });
    await test.database.sql`ALTER TABLE audit_log_away RENAME TO audit_log`;
    expect([answer.status, (await answer.json()).secret]).toEqual([
      201,
      expect.stringMatching(/^whsec_/),
    ]);
  });

  it("knows every request that changes something, and where the thing can be read", async () => {
    const { paths } = await (await collector.app.request("/openapi.json")).json();
    const requests = Object.entries(paths as Record<string, object>).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
    );
    const changing = requests.filter((request) => !request.startsWith("GET "));
    expect(changing.filter((request) => !(request in REST_ACTIONS)).sort()).toEqual(UNAUDITED);
    expect(Object.keys(REST_ACTIONS).filter((request) => !changing.includes(request))).toEqual([]);
    for (const request of Object.keys(REST_ACTIONS)) {
      const [method = "", path = ""] = request.split(" ");
      const readable = toAudited(method, path)?.path;
      if (readable) expect(requests).toContain(`GET ${readable}`);
    }
  });
});
