import { beforeAll, describe, expect, it } from "vitest";
import { createTestCollector, type TestCollector } from "../../test/collector.ts";
import { useTestDatabase } from "../../test/database.ts";
import type { OpenApiDocument } from "./openapi-document.ts";

const test = useTestDatabase();

describe("the documentation", () => {
  let collector: TestCollector;
  let document: OpenApiDocument;

  beforeAll(async () => {
    collector = await createTestCollector(test.database);
    document = await (await collector.app.request("/openapi.json")).json();
  });

  it("describes each resource of the contract", () => {
    const paths = Object.keys(document.paths);
    for (const path of [
      "/v1/batch",
      "/v1/track",
      "/v1/config",
      "/v1/prompts/claim",
      "/v1/accounts",
      "/v1/accounts/{id}",
      "/v1/accounts/{id}/health",
      "/v1/accounts/{id}/health/history",
      "/v1/accounts/{id}/health/explanation",
      "/v1/accounts/{id}/usage-spikes",
      "/v1/observations",
      "/v1/outcomes",
      "/v1/features",
      "/v1/segments",
      "/v1/milestones",
      "/v1/models",
      "/v1/models/{version}/backtest",
      "/v1/models/{version}/publish",
      "/v1/models/{version}/evaluation",
      "/v1/models/{version}/calibration",
      "/v1/models/{version}/scenario",
      "/v1/surveys",
      "/v1/surveys/{id}/responses",
      "/v1/surveys/{id}/results",
      "/v1/playbooks",
      "/v1/alert-rules",
      "/v1/alerts",
      "/v1/alerts/{id}/acknowledge",
      "/v1/webhook-endpoints",
      "/v1/webhook-endpoints/{id}/test",
      "/v1/webhook-endpoints/{id}/rotate-secret",
      "/v1/webhook-endpoints/{id}/deliveries",
      "/v1/webhook-endpoints/{id}/replay",
      "/v1/users/{id}",
      "/v1/releases",
      "/v1/audit-log",
      "/v1/score",
    ]) {
      expect(paths).toContain(path);
    }
  });

  it("agrees with what whoever uses another method is told", async () => {
    const { app, secretKey } = collector;
    const ask = (method: string, path: string) =>
      app.request(path, { method, headers: { authorization: `Bearer ${secretKey}` } });
    for (const [path, operations] of Object.entries(document.paths)) {
      const documented = Object.keys(operations).map((method) => method.toUpperCase());
      const response = await ask("QUERY", path.replaceAll(/\{.+?\}/g, "none"));
      expect([path, response.status]).toEqual([path, 405]);
      const allowed = response.headers.get("allow")?.split(", ");
      expect([path, allowed]).toEqual([path, expect.arrayContaining(documented)]);
    }
    const get = await ask("GET", "/v1/batch");
    expect(get.headers.get("allow")).toBe("POST, OPTIONS");
    expect(get.headers.get("content-type")).toBe("application/problem+json");
    expect(await get.json()).toMatchObject({
      type: "/docs/problems#method-not-allowed",
      status: 405,
      detail: "/v1/batch takes POST, OPTIONS, not GET; see /docs.",
      instance: get.headers.get("x-request-id"),
    });
    expect((await ask("HEAD", "/v1/batch")).status).toBe(405);
    expect((await ask("HEAD", "/v1/accounts")).status).toBe(200);
    expect((await ask("PUT", "/v1/nothing")).status).toBe(404);
    expect((await app.request("/v1/accounts", { method: "PUT" })).status).toBe(401);
  });

  it("gives every operation a summary, a tag and its answers", () => {
    for (const [path, methods] of Object.entries(document.paths)) {
      for (const [method, operation] of Object.entries(methods)) {
        expect(operation.summary, `${method} ${path}`).toBeTruthy();
        expect(operation.tags?.[0], `${method} ${path}`).toBeTruthy();
        expect(Object.keys(operation.responses), `${method} ${path}`).not.toHaveLength(0);
      }
    }
  });

  it("describes each message that is sent", () => {
    expect(Object.keys(document.webhooks ?? {}).sort()).toEqual([
      "account.score_changed",
      "account.tier_changed",
      "alert.escalated",
      "alert.opened",
      "alert.resolved",
      "data.incident",
      "milestone.reached",
      "ping",
      "survey.answered",
    ]);
  });

  it("shows all of it on a page, and what each problem means on another", async () => {
    const page = await (await collector.app.request("/docs")).text();
    expect(page).toContain("/v1/accounts/{id}/health");
    expect(page).toContain("account.tier_changed");
    const problems = await (await collector.app.request("/docs/problems")).text();
    expect(problems).toContain('id="not-found"');
  });
});
