import { describe, expect, it } from "vitest";
import { useTestDatabase } from "../../test/database.ts";
import { createLogger } from "../logger.ts";
import { createScheduler } from "./schedule.ts";

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
