import { beforeAll, describe, expect, it } from "vitest";
import { createTestCollector, type TestCollector } from "../../test/collector.ts";
import { useTestDatabase } from "../../test/database.ts";
import { csatDefinition } from "../../test/surveys.ts";

const test = useTestDatabase();

interface Line {
  actor: string;
  action: string;
  target: string;
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
});
