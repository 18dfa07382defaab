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

it("counts today's use by the project's calendar, and leaves out who left long ago", async () => {
  const timeZone = "Pacific/Auckland";
  const collector = await createTestCollector(test.database, { timeZone });
  const day = (daysAgo: number) => new Date(collector.now - daysAgo * DAY_MS).toISOString();
  const use = (groupId: string, feature: string, daysAgo: number) => ({
    ...{ type: "track", event: "Feature Used", userId: `${groupId}-u`, properties: { feature } },
    ...{ context: { groupId }, timestamp: day(daysAgo) },
  });
  // At noon in UTC it is tomorrow there.
  await collector.send(use("new", "export", 0), use("other", "import", 3));
  await collector.send(use("gone", "export", 500), use("torn", "export", 500));
  const outcome = (accountId: string, kind: string, daysAgo: number) => ({
    ...{ accountId, kind, occurredOn: day(daysAgo) },
  });
  const outcomes = [
    outcome("gone", "churned", 450),
    outcome("torn", "churned", 90),
    outcome("torn", "renewed", 90),
  ];
  await collector.call("POST", "/v1/outcomes", { outcomes });
  const answer = await collector.call("GET", "/v1/features/export/impact");
  expect(await answer.json()).toMatchObject({ adopters: 1, others: 1 });
});
