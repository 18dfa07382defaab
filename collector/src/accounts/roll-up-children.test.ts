import { expect, it } from "vitest";
import { createTestCollector } from "../../test/collector.ts";
import { useTestDatabase } from "../../test/database.ts";

const test = useTestDatabase();

it("weighs children by what they pay in a year, and evenly when nobody says", async () => {
  const collector = await createTestCollector(test.database);
  const at = new Date(collector.now).toISOString();
  const add = async (id: string, traits: object, score: number | null) => {
    await test.database.sql`
      INSERT INTO accounts (project_id, account_id, traits, created_at, first_seen_at, last_seen_at)
      SELECT ${collector.projectId}::uuid, ${id}, ${JSON.stringify(traits)}::text::jsonb, at, at, at
      FROM (SELECT ${at}::timestamptz AS at) AS moment`;
    const tier = score === null ? "unknown" : score < 40 ? "critical" : "healthy";
    await test.database.sql`
      INSERT INTO account_health (project_id, account_id, score, tier, tier_state, tier_since,
        as_of, sequence)
      SELECT ${collector.projectId}::uuid, ${id}, ${score}, ${tier}, '{}', at, at, 1
      FROM (SELECT ${at}::timestamptz AS at) AS moment`;
  };
  await add("holding", {}, 50);
  await add("big", { parent_id: "holding", mrr: 75 }, 90);
  await add("small", { parent_id: "holding", contract_value: 100 }, 30);
  await add("new", { parent_id: "holding" }, null);
  await add("group", {}, null);
  await add("one", { parent_id: "group" }, 80);
  await add("two", { parent_id: "group" }, 60);
  const read = async (id: string) =>
    (await collector.call("GET", `/v1/accounts/${id}/roll-up`)).json();
  const holding = await read("holding");
  expect(holding).toMatchObject({ weighedBy: "yearly_value", score: 84, coverage: 1 });
  expect([holding.worst, holding.tiers.critical, holding.children.length]).toEqual([
    "critical",
    0.1,
    3,
  ]);
  expect(await read("group")).toMatchObject({ weighedBy: "accounts", score: 70, coverage: 1 });
  expect(await read("one")).toMatchObject({ score: null, coverage: 0, children: [] });
});
