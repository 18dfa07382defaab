import { beforeAll, describe, expect, it } from "vitest";
import { createTestCollector, type TestCollector } from "../../../test/collector.ts";
import { joinProject, visit } from "../../../test/dashboard-visitor.ts";
import { useTestDatabase } from "../../../test/database.ts";

const test = useTestDatabase();

describe("the pages of what people think", () => {
  let collector: TestCollector;
  let cookie: string;
  const path = "/dashboard/accounts/acme/pulse";
  const read = async (at: string) => (await visit(collector, at, { cookie })).text();

  beforeAll(async () => {
    collector = await createTestCollector(test.database);
    cookie = await joinProject(collector, test.database, "operator");
    await collector.send(
      ...["acme", "north", "south"].map((id) => ({
        type: "group",
        groupId: id,
        userId: `ann-${id}`,
        traits: { name: id.toUpperCase(), arr: 1_000, ...(id !== "acme" && { parent_id: "acme" }) },
      })),
    );
    await collector.settle();
    await test.database.sql`
      UPDATE account_health SET score = 81, tier = 'healthy'
      WHERE project_id = ${collector.projectId}`;
  });

  it("keeps an opinion, and shows it beside the score and among the disagreements", async () => {
    const form = { tier: "critical", note: "<b>They told me</b>" };
    const answer = await visit(collector, path, { cookie, form });
    expect([answer.status, answer.headers.get("location")]).toEqual([
      303,
      "/dashboard/accounts/acme?said=saved#pulse",
    ]);
    for (const page of ["/dashboard/accounts/acme", path, "/dashboard/pulses"]) {
      const html = await read(page);
      expect(html).toContain("&lt;b&gt;They told me&lt;/b&gt;");
      expect(html).toContain("A operator");
    }
    const disagreements = await read("/dashboard/pulses");
    expect(disagreements).toMatch(/ACME[\s\S]*81[\s\S]*Healthy[\s\S]*Critical/);
    const log = await collector.call("GET", "/v1/audit-log");
    expect((await log.json()).data).toContainEqual(
      expect.objectContaining({ action: "account.pulse_given", target: "acme" }),
    );
  });

  it("shows a refused form again, filled in, with the fault at its field", async () => {
    const form = { tier: "", note: "Half a thought" };
    const answer = await visit(collector, path, { cookie, form });
    const html = await answer.text();
    expect(answer.status).toBe(400);
    expect(html).toContain('href="#tier"');
    expect(html).toContain('id="tier-fault"');
    expect(html).toContain("Half a thought");
  });

  it("rolls the accounts below one up on its page, and on no other", async () => {
    const parent = await read("/dashboard/accounts/acme");
    expect(parent).toContain("Accounts below it");
    expect(parent).toContain("/dashboard/accounts/north");
    expect(await read("/dashboard/accounts/north")).not.toContain("Accounts below it");
  });

  it("lets who may only look read, not say", async () => {
    const viewer = await joinProject(collector, test.database, "viewer");
    const html = await (await visit(collector, path, { cookie: viewer })).text();
    expect(html).not.toContain("<textarea");
    const form = { tier: "healthy" };
    expect((await visit(collector, path, { cookie: viewer, form })).status).toBe(403);
    const nobody = "/dashboard/accounts/nobody/pulse";
    expect((await visit(collector, nobody, { cookie })).status).toBe(404);
  });
});
