import { expect, it } from "vitest";
import { createTestCollector, DAY_MS } from "../../test/collector.ts";
import { useTestDatabase } from "../../test/database.ts";

const test = useTestDatabase();

it("does not take it for an effect of a feature that who has left uses nothing", async () => {
  const collector = await createTestCollector(test.database);
  const day = (daysAgo: number) => new Date(collector.now - daysAgo * DAY_MS).toISOString();
  // A quarter each: with the feature or not, left forty days ago or not.
  const accounts = Array.from({ length: 64 }, (_, i) => ({
    id: `a${i}`,
    feature: i % 2 === 0 ? "export" : "import",
    hasLeft: i % 4 < 2,
  }));
  const use = ({ id, feature, hasLeft }: (typeof accounts)[number]) =>
    Array.from({ length: 20 }, (_, week) => 7 * week + 1)
      .filter((daysAgo) => !hasLeft || daysAgo > 40)
      .map((daysAgo) => ({
        ...{ type: "track", event: "Feature Used", userId: `${id}-u`, properties: { feature } },
        ...{ context: { groupId: id }, timestamp: day(daysAgo) },
      }));
  await collector.send(...accounts.slice(0, 32).flatMap(use));
  await collector.send(...accounts.slice(32).flatMap(use));
  const outcomes = accounts.map(({ id, hasLeft }) => ({
    ...{ accountId: id, kind: hasLeft ? "churned" : "renewed", occurredOn: day(39) },
  }));
  await collector.call("POST", "/v1/outcomes", { outcomes });
  const answer = await collector.call("GET", "/v1/features/export/impact");
  const { adopters, others, churn } = await answer.json();
  expect(churn).toMatchObject({ adopters: 0.5, others: 0.5, difference: 0, pairs: 32 });
  // Who has left is not among those that are compared today.
  expect({ adopters, others }).toEqual({ adopters: 16, others: 16 });
});
