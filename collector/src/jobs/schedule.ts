import { Cron } from "croner";
import type { Sql } from "../db/client.ts";
import type { Logger } from "../logger.ts";
import type { Loop } from "./loop.ts";

export interface Schedule {
  name: string;
  /** Cron expression, in UTC. */
  pattern: string;
  run(): Promise<void>;
}

interface SchedulerDeps {
  sql: Sql;
  clock: () => number;
  logger: Logger;
}

/**
 * Runs schedules once each, however many processes there are: a tick belongs to the process that
 * inserts its row first.
 */
export function createScheduler(deps: SchedulerDeps, schedules: Schedule[]): Loop {
  const jobs: Cron[] = [];
  const underWay = new Set<Promise<void>>();

  async function runOnce(schedule: Schedule, dueAt: Date): Promise<void> {
    const { sql, logger } = deps;
    const due = dueAt.toISOString();
    const startedAt = new Date(deps.clock()).toISOString();
    const rows = await sql`
      INSERT INTO schedule_runs (name, due_at, started_at)
      VALUES (${schedule.name}, ${due}::timestamptz, ${startedAt}::timestamptz)
      ON CONFLICT DO NOTHING RETURNING 1`;
    if (rows.length === 0) return;
    await schedule.run();
    const finishedAt = new Date(deps.clock()).toISOString();
    await sql`UPDATE schedule_runs SET finished_at = ${finishedAt}::timestamptz
      WHERE name = ${schedule.name} AND due_at = ${due}::timestamptz`;
    logger.info({ schedule: schedule.name, dueAt: due }, "schedule ran");
  }

  return {
    start() {
      for (const schedule of schedules) {
        const job = new Cron(schedule.pattern, { timezone: "UTC", unref: true }, (self) => {
          const dueAt = self.currentRun() ?? new Date(deps.clock());
          dueAt.setMilliseconds(0);
          const run = runOnce(schedule, dueAt).catch((error) => {
            deps.logger.error({ schedule: schedule.name, err: error }, "a schedule failed");
          });
          underWay.add(run);
          void run.finally(() => underWay.delete(run));
        });
        jobs.push(job);
      }
    },
    async stop() {
      for (const job of jobs) job.stop();
      await Promise.all(underWay);
    },
  };
}
