import { v7 } from "uuid";
import { beforeAll, describe, expect, it } from "vitest";
import { createTestCollector, DAY_MS, type TestCollector } from "../../../test/collector.ts";
import { signOwnerIn, visit } from "../../../test/dashboard-visitor.ts";
import { useTestDatabase } from "../../../test/database.ts";

const test = useTestDatabase();

describe("the pages about data", () => {
  let collector: TestCollector;
  let cookie: string;
  const keys = "/dashboard/data/keys";
  const post = async (path: string, form: Record<string, string> = {}) =>
    (await visit(collector, path, { cookie, form })).text();
  const get = async (path: string) => (await visit(collector, path, { cookie })).text();
  const statusOf = async (key: string): Promise<number> => {
    const headers = { authorization: `Bearer ${key}` };
    return (await collector.app.request("/v1/project", { headers })).status;
  };

  beforeAll(async () => {
    collector = await createTestCollector(test.database);
    cookie = await signOwnerIn(collector, test.database);
  });

  it("say where what arrives counts for nothing, until it comes from a person", async () => {
    const use = { type: "track", event: "Feature Used", properties: { feature: "export" } };
    const about = { userId: "ann", context: { groupId: "acme", isAutomated: true } };
    await collector.send({ ...use, ...about });
    expect(await get("/dashboard/data/install")).toContain("so they count for nothing");
    expect(await get("/dashboard/data/live")).toContain("–, not counted");
    await collector.send({ ...use, ...about, context: { groupId: "acme" } });
    expect(await get("/dashboard/data/install")).toContain("so they count towards its score");
  });

  it("show what comes now before what came from a clock that is years ahead", async () => {
    const sent = (event: string, ms: number) => ({
      type: "track",
      event,
      userId: "ann",
      messageId: v7({ msecs: ms }),
    });
    const year = 365 * DAY_MS;
    await collector.send(sent("Years ahead", collector.now + 10 * year));
    collector.now += DAY_MS;
    await collector.send(sent("Right in time", collector.now));
    const live = await get("/dashboard/data/live");
    expect(live).toContain("Years ahead");
    expect(live.indexOf("Right in time")).toBeLessThan(live.indexOf("Years ahead"));
    const install = await get("/dashboard/data/install");
    expect(install).toContain(new Date(collector.now).toISOString());
  });

  it("offer an endpoint the traits of accounts as segments, and keep what was chosen", async () => {
    const webhooks = "/dashboard/data/webhooks";
    await collector.send({
      type: "group",
      userId: "ann",
      groupId: "acme",
      traits: { plan: "pro" },
    });
    expect(await get(webhooks)).toContain('name="segments" value="plan:pro"');
    const url = "https://hooks.example.com/pro";
    await post(webhooks, { url, segments: "plan:pro" });
    const { data } = await (await collector.call("GET", "/v1/webhook-endpoints")).json();
    expect(data).toMatchObject([{ url, segments: ["plan:pro"] }]);
  });

  it("replace a key by one beside it, until the old one is revoked", async () => {
    const keyIn = (html: string): string => /<pre id="key">([^<]+)</.exec(html)?.[1] ?? "";
    const old = keyIn(await post(keys, { kind: "secret", name: "Nightly export" }));
    expect(await statusOf(old)).toBe(200);
    const [row] = await test.database.sql<{ id: string }[]>`
      SELECT id FROM api_keys WHERE name = 'Nightly export'`;
    const page = await post(`${keys}/${row?.id}/rotate`);
    const next = keyIn(page);
    expect(page).toContain("works on beside it");
    expect([await statusOf(old), await statusOf(next)]).toEqual([200, 200]);
    await post(`${keys}/${row?.id}/revoke`);
    // Keys are remembered for ten seconds.
    collector.now += 11_000;
    expect([await statusOf(old), await statusOf(next)]).toEqual([401, 200]);
    expect(await post(`${keys}/${row?.id}/rotate`)).toContain("no such key");
    const log = await get("/dashboard/people/audit");
    for (const action of ["key.created", "key.rotated", "key.revoked"]) {
      expect(log).toContain(action);
    }
    expect(log).not.toContain(next);
    const [revoked] = (await (await collector.call("GET", "/v1/audit-log?limit=1")).json()).data;
    expect(revoked.change).toMatchObject({ name: { before: "Nightly export" } });
  });

  it("give a key that is shown once, also where the audit log cannot be written", async () => {
    const { sql } = test.database;
    await sql`ALTER TABLE audit_log RENAME TO audit_log_away`;
    const page = await post(keys, { kind: "write", name: "Unwritten" });
    await sql`ALTER TABLE audit_log_away RENAME TO audit_log`;
    expect(page).toMatch(/<pre id="key">wk_/);
  });

  it("write down every change of a survey and an endpoint, before and after", async () => {
    await post("/dashboard/surveys", { form: "1", name: "Audited", "kind-1": "nps" });
    const [survey] = await test.database.sql<{ id: string }[]>`
      SELECT id FROM surveys WHERE name = 'Audited'`;
    await post(`/dashboard/surveys/${survey?.id}/status`, { status: "live" });
    await post("/dashboard/data/privacy/retention", { days: "90" });
    const { data } = await (await collector.call("GET", "/v1/audit-log?limit=3")).json();
    expect(data).toMatchObject([
      {
        action: "project.changed",
        change: { retentionDays: { before: null, after: 90 } },
      },
      { action: "survey.live", change: { status: { before: "draft", after: "live" } } },
      { action: "survey.created", target: "Audited", change: { name: { after: "Audited" } } },
    ]);
  });

  it("show what arrived, and how much of it twice", async () => {
    await test.database.sql`
      INSERT INTO arrival_counts (project_id, day, stored, duplicates, rejected, blocked, dropped)
      VALUES (${collector.projectId}, ${new Date(collector.now).toISOString().slice(0, 10)},
        900, 100, 0, 50, 7)`;
    const page = await get("/dashboard/data");
    expect(page).toContain("10 %");
    expect(page).toContain("5.3 %");
    expect(page).toContain("100 stored once");
    expect(page).toContain("at least; 7 lost otherwise");
  });

  it("show a survey's results for a stretch of time, and several together", async () => {
    const [survey] = await test.database.sql<{ id: string }[]>`SELECT id FROM surveys LIMIT 1`;
    expect(await get(`/dashboard/surveys/${survey?.id}?days=30`)).toContain("30 days against");
    const together = await get(`/dashboard/surveys/combined?survey=${survey?.id}&days=365`);
    expect(together).toContain("1 survey together");
    const response = await visit(collector, "/dashboard/surveys/combined", { cookie });
    expect(response.status).toBe(400);
  });
});
