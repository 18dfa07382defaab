import { describe, expect, it } from "vitest";
import { createTestCollector } from "../../test/collector.ts";
import { useTestDatabase } from "../../test/database.ts";
import { createArrivalCounts } from "./arrival-counts.ts";
import { sumArrivals } from "./arrival-queries.ts";

const test = useTestDatabase();

describe("what arrives", () => {
  it("adds up by day, over processes and writes", async () => {
    const { projectId } = await createTestCollector(test.database);
    const { sql } = test.database;
    const clock = () => Date.parse("2026-06-01T23:59:00Z");
    const fail = (error: unknown): never => {
      throw error;
    };
    const [one, two] = [
      createArrivalCounts(sql, clock, fail),
      createArrivalCounts(sql, clock, fail),
    ];
    const rejected = [{ index: 0, messageId: null, code: "invalid_type", detail: "" } as const];
    one.note(projectId, { accepted: 5, duplicates: 1, rejected }, { blocked: 3, expired: 2 });
    one.note(projectId, { accepted: 2, duplicates: 0, rejected: [] }, { rejected: 4 });
    two.note(projectId, { accepted: 10, duplicates: 4, rejected: [] }, {});
    await Promise.all([one.flush(), two.stop()]);
    one.note(projectId, { accepted: 1, duplicates: 0, rejected: [] }, { blocked: -7 });
    await one.stop();
    const sums = { stored: 18, duplicates: 5, rejected: 1, blocked: 3, dropped: 2 };
    expect(await sumArrivals(sql, projectId, "2026-06-01")).toEqual(sums);
    const none = { stored: 0, duplicates: 0, rejected: 0, blocked: 0, dropped: 0 };
    expect(await sumArrivals(sql, projectId, "2026-06-02")).toEqual(none);
  });

  it("believes a batch what was given up once it is taken, not each time it lacks a proof", async () => {
    const { sql } = test.database;
    const now = Date.parse("2026-06-03T12:00:00Z");
    const arrivals = createArrivalCounts(
      sql,
      () => now,
      (error) => {
        throw error;
      },
    );
    const collector = await createTestCollector(test.database, {
      now,
      settings: { identity: "enforce" },
      arrivals,
    });
    const send = (message: object) =>
      collector.app.request("/v1/batch", {
        method: "POST",
        headers: { authorization: `Bearer ${collector.writeKey}` },
        body: JSON.stringify({ batch: [message], dropped: { expired: 2 } }),
      });
    expect((await send({ type: "page", userId: "ann" })).status).toBe(403);
    expect((await send({ type: "page", anonymousId: "v1" })).status).toBe(200);
    await arrivals.stop();
    expect(await sumArrivals(sql, collector.projectId, "2026-06-03")).toMatchObject({ dropped: 2 });
  });

  it("keeps its counts while the database is away", async () => {
    const { projectId } = await createTestCollector(test.database);
    const faults: unknown[] = [];
    let isAway = true;
    const { sql } = test.database;
    const broken = new Proxy(sql, {
      apply: (target, self, args) =>
        isAway ? Promise.reject(new Error("away")) : Reflect.apply(target, self, args),
    });
    const counts = createArrivalCounts(
      broken,
      () => 0,
      (error) => faults.push(error),
    );
    counts.note(projectId, { accepted: 2, duplicates: 0, rejected: [] }, {});
    await expect(counts.flush()).rejects.toThrow("away");
    isAway = false;
    counts.note(projectId, { accepted: 3, duplicates: 0, rejected: [] }, {});
    await counts.stop();
    expect((await sumArrivals(sql, projectId, "1970-01-01")).stored).toBe(5);
    expect(faults).toEqual([]);
  });

  it("counts nothing twice where the database takes one day's counts and not another's", async () => {
    const { sql } = test.database;
    const one = (await createTestCollector(test.database)).projectId;
    const two = (await createTestCollector(test.database)).projectId;
    const counts = createArrivalCounts(
      sql,
      () => 0,
      () => {},
    );
    counts.note(one, { accepted: 5, duplicates: 0, rejected: [] }, {});
    // More than the column holds.
    counts.note(two, { accepted: 2 ** 64, duplicates: 0, rejected: [] }, {});
    await expect(counts.flush()).rejects.toThrow(/out of range/);
    await expect(counts.flush()).rejects.toThrow(/out of range/);
    expect((await sumArrivals(sql, one, "1970-01-01")).stored).toBe(0);
    counts.note(two, { accepted: -(2 ** 64) + 2 ** 13, duplicates: 0, rejected: [] }, {});
    await counts.stop();
    expect((await sumArrivals(sql, one, "1970-01-01")).stored).toBe(5);
  });
});
