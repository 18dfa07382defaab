import { Analytics } from "@segment/analytics-node";
import { describe, expect, it } from "vitest";
import { createTestCollector } from "./collector.ts";
import { useTestDatabase } from "./database.ts";
import { withPort } from "./server.ts";

const test = useTestDatabase();

describe("a Segment library, unchanged", () => {
  it("delivers identify, group and track into an account's health", async () => {
    const collector = await createTestCollector(test.database, { now: Date.now() });
    await withPort(collector, async (url) => {
      const analytics = new Analytics({ writeKey: collector.writeKey, host: url, flushAt: 5 });
      const errors: unknown[] = [];
      analytics.on("error", (error) => errors.push(error));
      for (const userId of ["ann", "bob", "cy"]) {
        analytics.identify({ userId, traits: { role: "admin" } });
        analytics.group({ userId, groupId: "acme", traits: { name: "Acme", plan: "pro" } });
        for (let times = 0; times < 5; times += 1) {
          analytics.track({ userId, event: "Feature Used", properties: { feature: "export" } });
        }
      }
      await analytics.closeAndFlush();
      expect(errors).toEqual([]);
    });
    await collector.settle();
    const account = await (await collector.call("GET", "/v1/accounts/acme")).json();
    expect(account).toMatchObject({ id: "acme", name: "Acme", traits: { plan: "pro" } });
    const response = await collector.call("GET", "/v1/accounts/acme/health");
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({ accountId: "acme" });
    const [usage] = await test.database.sql`
      SELECT sum(count)::int AS count, count(DISTINCT user_id)::int AS users
      FROM daily_usage WHERE project_id = ${collector.projectId} AND account_id = 'acme'`;
    expect(usage).toEqual({ count: 15, users: 3 });
  });
});
