import { describe, expect, it } from "vitest";
import { useTestDatabase } from "../../test/database.ts";
import { createLogger } from "../logger.ts";
import { createScheduler, runTick } from "./schedule.ts";

const test = useTestDatabase();

describe("createScheduler", () => {
  it("runs each tick once although two processes have the same schedule", async () => {
    const { sql } = test.database;
    const runs: string[] = [];
    const schedulers = ["one", "two"].map((process) =>
      createScheduler({ sql, clock: () => Date.now(), logger: createLogger("silent") }, [
        {
          name: "every-second",
          pattern: "* * * * * *",
          run: async () => {
            runs.push(process);
          },
        },
      ]),
    );
    for (const scheduler of schedulers) scheduler.start();
    await expect.poll(() => runs.length, { timeout: 10_000 }).toBeGreaterThanOrEqual(3);
    for (const scheduler of schedulers) await scheduler.stop();
    const rows = await sql`SELECT due_at FROM schedule_runs WHERE name = 'every-second'`;
    expect(rows).toHaveLength(runs.length);
    const unfinished = await sql`SELECT 1 FROM schedule_runs WHERE finished_at IS NULL`;
    expect(unfinished).toHaveLength(0);
  });
});

describe("runTick", () => {
  it("has what a process that died began run again some hours later, and what failed at once", async () => {
    const { sql } = test.database;
    const tick = { name: "close-day", dueAt: new Date("2026-06-14T00:00:00Z") };
    let hour = 0;
    let runs = 0;
    const clock = () => Date.parse("2026-06-15T01:20:00Z") + hour * 3_600_000;
    const run = async () => {
      runs += 1;
    };
    const tryIt = (work = run) => runTick(sql, clock, tick, work);
    const failing = tryIt(() => Promise.reject(new Error("no room")));
    await expect(failing).rejects.toThrow("no room");
    void tryIt(() => new Promise(() => {}));
    await expect
      .poll(() => sql`SELECT 1 FROM schedule_runs WHERE name = 'close-day'`)
      .toHaveLength(1);
    for (const later of [0, 1, 3]) {
      hour = later;
      expect(await tryIt()).toBe(false);
    }
    hour = 4;
    expect(await tryIt()).toBe(true);
    hour = 9;
    expect(await tryIt()).toBe(false);
    expect(runs).toBe(1);
  });
});
