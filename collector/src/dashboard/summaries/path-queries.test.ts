import { v7 } from "uuid";
import { expect, it } from "vitest";
import { createTestCollector, DAY_MS } from "../../../test/collector.ts";
import { useTestDatabase } from "../../../test/database.ts";
import { countFeatureFriction } from "./path-queries.ts";

const test = useTestDatabase();

it("counts friction by when it was met, whatever time the clock of its id told", async () => {
  const collector = await createTestCollector(test.database);
  const meet = (at: number, idMs: number) => ({
    type: "track",
    event: "Friction",
    userId: "ann",
    messageId: v7({ msecs: idMs }),
    timestamp: new Date(at).toISOString(),
    properties: { kind: "rage_click", feature: "export" },
    context: { groupId: "acme" },
  });
  const { now } = collector;
  await collector.send(
    meet(now - DAY_MS, now - DAY_MS),
    meet(now - 60 * DAY_MS, now + 3_650 * DAY_MS),
  );
  const met = await countFeatureFriction(test.database.sql, collector.projectId, now - 28 * DAY_MS);
  expect(met).toMatchObject([{ feature: "export", kind: "rage_click", count: 1, accounts: 1 }]);
});
