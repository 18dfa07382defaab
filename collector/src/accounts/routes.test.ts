import type { AccountHealth } from "@telltale/protocol";
import { beforeAll, describe, expect, it } from "vitest";
import { createTestCollector, DAY_MS, type TestCollector } from "../../test/collector.ts";
import { useTestDatabase } from "../../test/database.ts";

const test = useTestDatabase();

/** A month of daily use by two users, ending now. */
async function useDaily(collector: TestCollector, accountId: string, days = 30): Promise<void> {
  const messages = [];
  for (let age = days; age >= 0; age -= 1) {
    for (const userId of [`${accountId}-ann`, `${accountId}-bob`]) {
      messages.push({
        type: "track",
        event: "Feature Used",
        properties: { feature: age % 2 === 0 ? "export" : "share" },
        userId,
        context: { groupId: accountId },
        timestamp: new Date(collector.now - age * DAY_MS).toISOString(),
      });
    }
  }
  await collector.send(...messages);
}

describe("the routes of accounts", () => {
  let collector: TestCollector;
  let other: TestCollector;

  beforeAll(async () => {
    collector = await createTestCollector(test.database);
    other = await createTestCollector(test.database);
    await collector.send({
      type: "group",
      userId: "ann",
      groupId: "acme",
      traits: { name: "Acme", plan: "pro", seats: 4, externalIds: { crm: "001" } },
    });
    for (const id of ["acme", "bolt", "cask"]) await useDaily(collector, id);
    await collector.settle();
  });

  it("lists accounts page by page, each once", async () => {
    const seen: string[] = [];
    let cursor = "";
    for (let pages = 0; pages < 5; pages += 1) {
      const response = await collector.call("GET", `/v1/accounts?limit=2&cursor=${cursor}`);
      const page = await response.json();
      seen.push(...page.data.map((account: { id: string }) => account.id));
      if (page.nextCursor === null) break;
      cursor = page.nextCursor;
    }
    expect(seen).toEqual(["acme", "bolt", "cask"]);
  });

  it("filters by segment and by name", async () => {
    const bySegment = await collector.call("GET", "/v1/accounts?segment=plan:pro");
    expect((await bySegment.json()).data).toMatchObject([
      { id: "acme", name: "Acme", segments: ["plan:pro"], externalIds: { crm: "001" } },
    ]);
    const saved = {
      key: "pros",
      name: "Pros",
      rules: [{ trait: "plan", operator: "equals", value: "pro" }],
    };
    expect(await (await collector.call("POST", "/v1/segments", saved)).json()).toMatchObject({
      accounts: 1,
    });
    const bySaved = await collector.call("GET", "/v1/accounts?segment=pros");
    expect((await bySaved.json()).data).toMatchObject([{ id: "acme" }]);
    const byUnknown = await collector.call("GET", "/v1/accounts?segment=cons");
    expect(byUnknown.status).toBe(400);
    expect((await byUnknown.json()).errors).toMatchObject([{ pointer: "/segment" }]);
    const byName = await collector.call("GET", "/v1/accounts?q=ACM");
    expect((await byName.json()).data).toHaveLength(1);
    const byPattern = await collector.call("GET", "/v1/accounts?q=%25");
    expect((await byPattern.json()).data).toHaveLength(0);
  });

  it("explains a score by drivers that add up to it", async () => {
    const response = await collector.call("GET", "/v1/accounts/acme/health");
    const health: AccountHealth = await response.json();
    expect(response.status).toBe(200);
    expect(health.score).toBeGreaterThan(0);
    const sum = health.drivers.reduce((total, driver) => total + driver.contribution, 0);
    expect((health.baseline ?? 0) + sum).toBeCloseTo(health.score ?? 0, 9);
    expect(health.modelVersion).not.toBe("");
    expect(health.normsVersion).not.toBe("");
  });

  it("says unknown, and no number, of an account that is too young", async () => {
    await collector.send({
      type: "track",
      event: "Opened",
      userId: "n",
      context: { groupId: "new" },
    });
    await collector.settle();
    const health = await (await collector.call("GET", "/v1/accounts/new/health")).json();
    expect(health).toMatchObject({ score: null, tier: "unknown", band: null });
  });

  it("answers 404 for an account of another project", async () => {
    for (const path of ["/v1/accounts/acme", "/v1/accounts/acme/health"]) {
      const response = await other.call("GET", path);
      expect(response.status).toBe(404);
      expect(response.headers.get("content-type")).toBe("application/problem+json");
    }
    expect((await (await other.call("GET", "/v1/accounts")).json()).data).toEqual([]);
  });

  it("answers 401 without a key or with a wrong one, and 403 for a write key", async () => {
    const ask = (authorization?: string) =>
      collector.app.request("/v1/accounts", { headers: authorization ? { authorization } : {} });
    expect((await ask()).status).toBe(401);
    expect((await ask("Bearer sk_wrong")).status).toBe(401);
    expect((await ask(`Bearer ${collector.writeKey}`)).status).toBe(403);
  });

  it("names each faulty query parameter", async () => {
    const response = await collector.call("GET", "/v1/accounts?limit=0&tier=great");
    const problem = await response.json();
    expect(response.status).toBe(400);
    expect(problem.errors.map((error: { pointer: string }) => error.pointer)).toEqual([
      "/limit",
      "/tier",
    ]);
    expect((await collector.call("GET", "/v1/accounts?cursor=zzz")).status).toBe(400);
  });
});
