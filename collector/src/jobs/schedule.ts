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

/** Longer than any run takes: who began so long ago and did not end has died. */
const GIVEN_UP_MS = 3 * 3_600_000;

interface SchedulerDeps {
  sql: Sql;
  clock: () => number;
  logger: Logger;
}

/**
 * Runs something once for a moment, however many processes try: it belongs to the one that inserts
 * its row first. When it fails the row goes, so that a later try can have it; when the process dies, a
 * try some hours later has it.
 *
 * @returns whether this process was the one
 * @throws what `run` throws
 */
export async function runTick(
  sql: Sql,
  clock: () => number,
  tick: { name: string; dueAt: Date },
  run: () => Promise<void>,
): Promise<boolean> {
  const due = tick.dueAt.toISOString();
  const givenUp = new Date(clock() - GIVEN_UP_MS).toISOString();
  const rows = await sql`
    INSERT INTO schedule_runs (name, due_at, started_at)
    VALUES (${tick.name}, ${due}::timestamptz, ${new Date(clock()).toISOString()}::timestamptz)
    ON CONFLICT (name, due_at) DO UPDATE SET started_at = excluded.started_at
    WHERE schedule_runs.finished_at IS NULL
      AND schedule_runs.started_at < ${givenUp}::timestamptz RETURNING 1`;
  if (rows.length === 0) return false;
  try {
    await run();
  } catch (error) {
    await sql`DELETE FROM schedule_runs
      WHERE name = ${tick.name} AND due_at = ${due}::timestamptz`;
    throw error;
  }
  await sql`
    UPDATE schedule_runs SET finished_at = ${new Date(clock()).toISOString()}::timestamptz
    WHERE name = ${tick.name} AND due_at = ${due}::timestamptz`;
  return true;
}

/** Runs schedules once each, however many processes there are. */
export function createScheduler(deps: SchedulerDeps, schedules: Schedule[]): Loop {
  const jobs: Cron[] = [];
  const underWay = new Set<Promise<void>>();

  return {
    start() {
      for (const schedule of schedules) {
        const job = new Cron(schedule.pattern, { timezone: "UTC", unref: true }, (self) => {
          const dueAt = self.currentRun() ?? new Date(deps.clock());
          dueAt.setMilliseconds(0);
          const { name } = schedule;
          const run = runTick(deps.sql, deps.clock, { name, dueAt }, schedule.run).then(
            (isOurs) => {
              if (isOurs) deps.logger.debug({ schedule: name, dueAt }, "schedule ran");
            },
            (error) => deps.logger.error({ schedule: name, err: error }, "a schedule failed"),
          );
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
