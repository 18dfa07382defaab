import { beforeAll, describe, expect, it } from "vitest";
import { createTestCollector, DAY_MS, type TestCollector } from "../../test/collector.ts";
import { useTestDatabase } from "../../test/database.ts";

const test = useTestDatabase();

describe("pulses", () => {
  let collector: TestCollector;
  const scored = { a: "healthy", b: "healthy", c: "unknown", d: "critical" };
  const say = (id: string, tier: string) =>
    collector.call("PUT", `/v1/accounts/${id}/pulse`, {
      tier,
      author: "Ada",
      note: "They told me.",
    });
  const disagreements = async (query = "") =>
    (await collector.call("GET", `/v1/pulses/disagreements${query}`)).json();

  beforeAll(async () => {
    collector = await createTestCollector(test.database);
    const at = new Date(collector.now).toISOString();
    for (const [id, tier] of Object.entries(scored)) {
      await test.database.sql`
        WITH account AS (
          INSERT INTO accounts (project_id, account_id, created_at, first_seen_at, last_seen_at)
          SELECT ${collector.projectId}::uuid, ${id}, at, at, at
          FROM (SELECT ${at}::timestamptz AS at) AS moment
        )
        INSERT INTO account_health (project_id, account_id, score, tier, tier_state, tier_since,
          as_of, sequence)
        SELECT ${collector.projectId}::uuid, ${id}, ${tier === "unknown" ? null : 80}, ${tier}, '{}',
          at, at, 1 FROM (SELECT ${at}::timestamptz AS at) AS moment`;
    }
  });

  it("keeps what a person says beside the score, newest first", async () => {
    await say("a", "healthy");
    collector.now += DAY_MS;
    const { pulse, history } = await (await say("a", "at_risk")).json();
    expect(pulse).toMatchObject({ tier: "at_risk", author: "Ada", note: "They told me." });
    expect(history.map((one: { tier: string }) => one.tier)).toEqual(["at_risk", "healthy"]);
    const account = await (await collector.call("GET", "/v1/accounts/a")).json();
    expect(account.tier).toBe("healthy");
  });

  it("lists where person and score disagree, page by page", async () => {
    await say("b", "healthy");
    await say("c", "critical");
    await say("d", "at_risk");
    const { data, nextCursor } = await disagreements("?limit=1");
    expect(data).toMatchObject([{ accountId: "a", tier: "healthy", pulse: { tier: "at_risk" } }]);
    const rest = await disagreements(`?limit=1&cursor=${encodeURIComponent(nextCursor)}`);
    expect(rest).toMatchObject({ data: [{ accountId: "d" }], nextCursor: null });
  });

  it("forgets an opinion after 90 days, and refuses what it does not know", async () => {
    collector.now += 91 * DAY_MS;
    expect((await disagreements()).data).toEqual([]);
    const { pulse, history } = await (await collector.call("GET", "/v1/accounts/a/pulse")).json();
    expect([pulse, history.length]).toEqual([null, 2]);
    expect((await say("nobody", "healthy")).status).toBe(404);
    expect((await say("a", "unknown")).status).toBe(400);
  });
});
