import { beforeAll, describe, expect, it } from "vitest";
import { createTestCollector, DAY_MS, type TestCollector } from "../../test/collector.ts";
import { useTestDatabase } from "../../test/database.ts";
import { remindOfReview } from "./remind-review.ts";

const test = useTestDatabase();

describe("remindOfReview", () => {
  let collector: TestCollector;
  const remind = () =>
    remindOfReview(
      {
        sql: test.database.sql,
        clock: () => collector.now,
        publicUrl: "http://telltale.test",
      },
      collector.projectId,
    );
  const messages = async () => {
    const rows = await test.database.sql<{ body: string }[]>`
      SELECT body::text AS body FROM webhook_messages
      WHERE project_id = ${collector.projectId} AND type = 'data.incident' ORDER BY created_at`;
    return rows.map(({ body }) => JSON.parse(body).data);
  };

  beforeAll(async () => {
    collector = await createTestCollector(test.database, {
      now: Date.parse("2026-06-15T12:00:00Z"),
    });
  });

  it("says nothing before a quarter is over", async () => {
    collector.now += 89 * DAY_MS;
    expect(await remind()).toBe(false);
    expect(await messages()).toEqual([]);
  });

  it("tells once, whoever asks at once and however often", async () => {
    collector.now += 2 * DAY_MS;
    const told = await Promise.all([remind(), remind(), remind()]);
    expect(told.filter(Boolean)).toHaveLength(1);
    collector.now += 40 * DAY_MS;
    expect(await remind()).toBe(false);
    expect(await messages()).toMatchObject([
      {
        kind: "model_review_due",
        modelVersion: "default.1",
        dueOn: "2026-09-13",
        reason:
          "The model default.1 is due for a review since 2026-09-13. Hold the model against outcomes again.",
        link: "http://telltale.test/dashboard/model/report",
      },
    ]);
  });

  it("is quiet after a report, and tells again a quarter later", async () => {
    await test.database.sql`
      INSERT INTO model_reports (project_id, version, requested_at, finished_at, report)
      SELECT ${collector.projectId}::uuid, 'default.1', at, at, '{}'
      FROM (SELECT ${new Date(collector.now).toISOString()}::timestamptz AS at) AS moment`;
    expect(await remind()).toBe(false);
    collector.now += 91 * DAY_MS;
    expect(await remind()).toBe(true);
    expect((await messages()).map(({ dueOn }) => dueOn)).toEqual(["2026-09-13", "2027-01-22"]);
  });
});
