import { DEFAULT_MODEL } from "@telltale/scoring";
import { describe, expect, it } from "vitest";
import { createTestCollector } from "../../test/collector.ts";
import { useTestDatabase } from "../../test/database.ts";
import { toReview } from "./find-review.ts";

const DAY_MS = 86_400_000;
const NOW = Date.parse("2026-06-15T12:00:00Z");
const test = useTestDatabase();

describe("toReview", () => {
  it("is due a quarter after the last check", () => {
    const soon = toReview(DEFAULT_MODEL, NOW - 80 * DAY_MS, NOW);
    expect(soon).toMatchObject({ dueOn: "2026-06-25", isDue: false });
    expect(toReview(DEFAULT_MODEL, NOW - 91 * DAY_MS, NOW).isDue).toBe(true);
    const calibrated = { ...DEFAULT_MODEL, calibratedAt: "2026-06-01T00:00:00Z" };
    expect(toReview(calibrated, NOW - 91 * DAY_MS, NOW)).toMatchObject({ dueOn: "2026-08-30" });
  });

  it("names every signal whose date has come, and no other", () => {
    const dates = ["2026-06-10", "2026-06-15", "2026-06-16"];
    const signals = DEFAULT_MODEL.signals.map((spec, i) => ({
      ...spec,
      ...(dates[i] && { reviewBy: dates[i] }),
    }));
    const review = toReview({ ...DEFAULT_MODEL, signals }, NOW, NOW);
    const labels = signals.slice(0, 2).map(({ label }) => `Review the signal ${label}.`);
    expect(review).toMatchObject({ dueOn: "2026-06-10", isDue: true, reasons: labels });
  });
});

describe("the list of models", () => {
  it("tells when the model in force is to be reviewed", async () => {
    const collector = await createTestCollector(test.database, { now: NOW });
    const read = async () => (await (await collector.call("GET", "/v1/models")).json()).review;
    expect(await read()).toMatchObject({ dueOn: "2026-09-13", isDue: false });
    collector.now += 91 * DAY_MS;
    const due = await read();
    expect(due).toMatchObject({ isDue: true, reasons: ["Hold the model against outcomes again."] });
    await test.database.sql`
      INSERT INTO model_reports (project_id, version, requested_at, finished_at, report)
      SELECT ${collector.projectId}::uuid, ${due.version}, at, at, '{}'
      FROM (SELECT ${new Date(collector.now).toISOString()}::timestamptz AS at) AS moment`;
    expect(await read()).toMatchObject({ dueOn: "2026-12-13", isDue: false });
  });
});
