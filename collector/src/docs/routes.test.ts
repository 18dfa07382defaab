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
