import { beforeEach, describe, expect, it } from "vitest";
import { createTestCollector, DAY_MS, type TestCollector } from "../../test/collector.ts";
import { useTestDatabase } from "../../test/database.ts";
import { insertBook } from "../../test/insert-book.ts";
import { isMuted } from "../alerts/mutes.ts";
import { findProject } from "../projects/find-project.ts";
import type { Project } from "../projects/queries.ts";
import { closeDay } from "../scores/close-day.ts";
import { runNightly } from "../scores/nightly.ts";
import { createReopenTurn } from "../scores/reopen-loop.ts";
import { readSourceDays } from "./queries.ts";
import { watchOutages } from "./watch-outages.ts";

const test = useTestDatabase();
const OUTAGE_DAYS = 2;

describe("watching for outages", () => {
  let collector: TestCollector;
  let project: Project;

  beforeEach(async () => {
    const { sql } = test.database;
    // Monday morning after two silent working days would hide in a weekend, so it is a Thursday.
    collector = await createTestCollector(test.database, {
      now: Date.parse("2026-06-18T06:00:00Z"),
    });
    project = (await findProject(sql, collector.projectId)) as Project;
    await insertBook(sql, project.id, {
      accounts: 30,
      days: 120,
      seed: "outage",
      now: collector.now,
    });
  });

  const deps = () => ({ sql: test.database.sql, publicUrl: "http://telltale.test" });

  const loseDays = (days: number) => test.database.sql`
    DELETE FROM daily_usage WHERE project_id = ${project.id}
      AND day >= ${new Date(collector.now - days * DAY_MS).toISOString()}::timestamptz::date`;

  const meanOf = async (column: "score" | "confidence") => {
    const [row] = await test.database.sql<{ mean: number }[]>`
      SELECT avg(${test.database.sql(column)}) AS mean FROM scores
      WHERE project_id = ${project.id} AND day = '2026-06-18'`;
    return row?.mean ?? 0;
  };

  it("finds nothing wrong with ordinary weeks, nor takes a series for use because of its name", async () => {
    const { sql } = test.database;
    for (const series of ["usage", "responses", "tickets"]) {
      await sql`
        INSERT INTO observations (project_id, account_id, series, observed_at, value, source)
        VALUES (${project.id}, 'acme', ${series}, '2026-06-17T12:00:00Z', 1, 'desk')`;
    }
    const days = await readSourceDays(sql, project.id, { from: "2026-06-17", to: "2026-06-17" });
    const sources = days.map(({ source }) => source).sort();
    expect(sources).toEqual(["responses", "tickets", "usage"]);
    expect(days.find(({ source }) => source === "usage")?.accounts).toBeGreaterThan(1);
    expect(await watchOutages(sql, project, collector.now)).toBe(0);
    expect(await isMuted(sql, project.id)).toBe(false);
  });

  it("opens an incident for each day that nobody sent, mutes alerts and says so once", async () => {
    const { sql } = test.database;
    await loseDays(OUTAGE_DAYS);
    expect(await watchOutages(sql, project, collector.now)).toBe(OUTAGE_DAYS);
    expect(await watchOutages(sql, project, collector.now)).toBe(0);
    expect(await isMuted(sql, project.id)).toBe(true);
    const messages = await sql`
      SELECT 1 FROM webhook_messages WHERE project_id = ${project.id} AND type = 'data.incident'`;
    expect(messages).toHaveLength(OUTAGE_DAYS);
    const { data } = await (await collector.call("GET", "/v1/incidents")).json();
    expect(data).toMatchObject([
      { source: "usage", day: "2026-06-17", resolvedAt: null },
      { source: "usage", day: "2026-06-16", resolvedAt: null },
    ]);
  });

  it("holds the scores, less sure of them, through an outage that would else have cost them", async () => {
    await runNightly(deps(), project, collector.now);
    const [before, sure] = [await meanOf("score"), await meanOf("confidence")];
    await loseDays(OUTAGE_DAYS);
    await runNightly(deps(), project, collector.now + 1);
    const unaware = await meanOf("score");
    await watchOutages(test.database.sql, project, collector.now);
    await runNightly(deps(), project, collector.now + 2);
    const aware = await meanOf("score");
    expect(before - unaware).toBeGreaterThan(3);
    expect(Math.abs(before - aware)).toBeLessThan(2);
    expect(await meanOf("confidence")).toBeLessThan(sure);
  });

  it("makes the days since an outage again when late data fills it after all", async () => {
    const { sql } = test.database;
    await sql`DELETE FROM accounts WHERE project_id = ${project.id}
      AND account_id > (SELECT account_id FROM accounts WHERE project_id = ${project.id}
        ORDER BY account_id OFFSET 6 LIMIT 1)`;
    await loseDays(OUTAGE_DAYS);
    await watchOutages(sql, project, collector.now);
    const before = await closeDay(sql, project, "2026-06-17");
    expect(before.scored).toBe(7);
    await sql`
      INSERT INTO daily_usage SELECT project_id, account_id, day + 7, user_id, event, subject,
        count, engaged_ms, last_at FROM daily_usage
      WHERE project_id = ${project.id} AND day BETWEEN '2026-06-09' AND '2026-06-10'`;
    await watchOutages(sql, project, collector.now);
    const reopen = createReopenTurn({ sql, clock: collector.clock });
    while (await reopen());
    const after = await closeDay(sql, project, "2026-06-17");
    expect(after).toEqual({ scored: 7, unchanged: 7 });
  });

  it("lets alerts open again when the source is back", async () => {
    const { sql } = test.database;
    await loseDays(OUTAGE_DAYS);
    await watchOutages(sql, project, collector.now);
    collector.now += DAY_MS;
    await sql`
      INSERT INTO daily_usage SELECT project_id, account_id, '2026-06-18', user_id, event, subject,
        count, engaged_ms, last_at FROM daily_usage
      WHERE project_id = ${project.id} AND day = '2026-06-11'`;
    await watchOutages(sql, project, collector.now);
    expect(await isMuted(sql, project.id)).toBe(false);
  });
});
