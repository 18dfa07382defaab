import { expect, it } from "vitest";
import { createTestCollector, DAY_MS } from "../../test/collector.ts";
import { useTestDatabase } from "../../test/database.ts";
import { findProject } from "../projects/find-project.ts";
import type { Project } from "../projects/queries.ts";
import { scorePastDays } from "./score-past-days.ts";

const test = useTestDatabase();

it("gives a day the same bits alone and among others, with a spike at the edge of what it sees", async () => {
  const { sql } = test.database;
  const collector = await createTestCollector(test.database);
  const use = (daysAgo: number) => ({
    type: "track",
    event: "Feature Used",
    properties: { feature: "export" },
    userId: "ann",
    context: { groupId: "acme" },
    timestamp: new Date(collector.now - daysAgo * DAY_MS).toISOString(),
  });
  // At the far end of the window of 180 days; the days before it tell that it is a spike.
  await collector.send(
    ...Array.from({ length: 215 }, (_, i) => use(i + 1)),
    ...Array.from({ length: 80 }, () => use(178)),
  );
  await collector.settle();
  const project = (await findProject(sql, collector.projectId)) as Project;
  const day = (daysAgo: number) =>
    new Date(collector.now - daysAgo * DAY_MS).toISOString().slice(0, 10);
  for (const daysAgo of [30, 1]) {
    const alone = { from: day(daysAgo), to: day(daysAgo), unscored: "score" as const };
    expect(await scorePastDays(sql, project, ["acme"], alone)).toMatchObject({ scored: 1 });
  }
  const both = { from: day(30), to: day(1), unscored: "leave-out" as const };
  expect(await scorePastDays(sql, project, ["acme"], both)).toEqual({ scored: 2, unchanged: 2 });
});
