import { v7 } from "uuid";
import { describe, expect, it } from "vitest";
import { createTestCollector, DAY_MS } from "../../test/collector.ts";
import { useTestDatabase } from "../../test/database.ts";
import { findWaiting } from "../../test/find-waiting.ts";
import { findProject } from "../projects/find-project.ts";
import type { Project } from "../projects/queries.ts";
import { applyRetention } from "./apply-retention.ts";
import { dropPartitionsBefore, ensurePartitions, listPartitions, monthOf } from "./partitions.ts";
import { recountUsage } from "./recount-usage.ts";

const test = useTestDatabase();
const NOW = Date.parse("2026-06-15T12:00:00Z");

describe("partitions of events", () => {
  it("are made ahead, once, by any number of processes, and take in what came before them", async () => {
    const { sql } = test.database;
    const collector = await createTestCollector(test.database, { now: NOW });
    const ahead = v7({ msecs: Date.parse("2026-07-02T00:00:00Z") });
    await collector.send(
      { type: "track", event: "x", userId: "ann", messageId: v7({ msecs: NOW }) },
      { type: "track", event: "x", userId: "ann", messageId: ahead },
    );
    const made = await Promise.all([1, 2, 3].map(() => ensurePartitions(sql, NOW)));
    expect(made.flat().sort()).toEqual(["events_2026_06", "events_2026_07", "events_2026_08"]);
    expect(await listPartitions(sql)).toEqual([...made.flat().sort(), "events_default"]);
    const rows = await sql`
      SELECT tableoid::regclass::text AS name FROM events
      WHERE project_id = ${collector.projectId} ORDER BY event_id`;
    // On Citus a row lies in a shard of its partition, that bears its number.
    const names = rows.map(({ name }) => name.replace(/_\d{5,}$/, ""));
    expect(names).toEqual(["events_2026_06", "events_2026_07"]);
    const retry = await collector.call("POST", "/v1/batch", {
      batch: [{ type: "track", event: "x", userId: "ann", messageId: ahead }],
    });
    expect(await retry.json()).toMatchObject({ accepted: 0, duplicates: 1 });
    expect(await recountUsage(sql)).toEqual([]);
  });

  it("cut the year at its end", () => {
    expect(monthOf(Date.parse("2026-12-31T23:59:59Z"), 1)).toMatchObject({
      name: "events_2027_01",
    });
  });

  it("are dropped when every project lets go of them; usage stays, and nothing old comes back", async () => {
    const { sql } = test.database;
    await sql`DELETE FROM projects`;
    const settings = { retentionDays: 40 };
    const one = await createTestCollector(test.database, { now: NOW, settings });
    const two = await createTestCollector(test.database, {
      now: NOW,
      settings: { retentionDays: 400 },
    });
    const projects = [];
    for (const { projectId } of [one, two]) projects.push(await findProject(sql, projectId));
    const old = Date.parse("2026-05-20T00:00:00Z");
    await ensurePartitions(sql, old);
    const message = (messageId: string, ms: number) => ({
      type: "track",
      event: "x",
      userId: "ann",
      messageId,
      timestamp: new Date(ms).toISOString(),
    });
    const ids = { uuid: v7({ msecs: old }), foreign: "a foreign id" };
    for (const collector of [one, two]) {
      await collector.send(message(ids.uuid, old), message(ids.foreign, old));
    }
    const count = async (projectId: string) =>
      (await sql`SELECT 1 FROM events WHERE project_id = ${projectId}`).length;
    const later = old + 42 * DAY_MS;
    const retired = await applyRetention(sql, projects as Project[], later);
    expect(retired).toMatchObject({ partitions: [], events: 2 });
    expect([await count(one.projectId), await count(two.projectId)]).toEqual([0, 2]);
    one.now = later;
    const late = await one.call("POST", "/v1/batch", {
      batch: [message(ids.uuid, old), message(ids.foreign, old), message(ids.uuid, later)],
    });
    const answer = await late.json();
    expect(answer.accepted).toBe(0);
    expect(answer.rejected.map((row: { code: string }) => row.code)).toEqual([
      "invalid_timestamp",
      "invalid_timestamp",
      "invalid_timestamp",
    ]);
    const [usage] = await sql`
      SELECT sum(count)::int AS count FROM daily_usage WHERE project_id = ${one.projectId}`;
    expect(usage?.count).toBe(2);
    const years = await applyRetention(sql, projects as Project[], old + 500 * DAY_MS);
    expect(years.partitions).toContain("events_2026_05");
    expect(await count(two.projectId)).toBe(0);
  });

  it("are dropped behind a long count without a stop of ingestion", async () => {
    const { sql, ingestSql } = test.database;
    const collector = await createTestCollector(test.database, { now: NOW });
    const old = Date.parse("2026-02-10T00:00:00Z");
    await ensurePartitions(sql, old);
    let dropping: Promise<string[]> | undefined;
    await sql.begin(async (tx) => {
      await tx`SELECT count(*) FROM events`;
      const [self] = await tx`SELECT pg_backend_pid() AS pid`;
      dropping = dropPartitionsBefore(sql, Date.parse("2026-03-15T00:00:00Z"));
      await expect.poll(() => findWaiting(ingestSql, Number(self?.pid))).not.toEqual([]);
      // Sooner than its statements time out.
      await collector.send({ type: "track", event: "x", userId: "ann" });
    });
    expect(await dropping).toContain("events_2026_02");
  });
});
