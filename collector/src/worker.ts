import type { AppDeps } from "./app.ts";
import type { Config } from "./config.ts";
import type { Loop } from "./jobs/loop.ts";
import { createScheduler, runTick } from "./jobs/schedule.ts";
import { listProjects } from "./projects/queries.ts";
import { calendarDayOf, toCalendarDay, toDayNumber } from "./scores/civil-day.ts";
import { closeDay } from "./scores/close-day.ts";
import { areNormsOutgrown, refreshNorms } from "./scores/refresh-norms.ts";
import { createRescoreLoop } from "./scores/rescore-loop.ts";
import { queueAllAccounts } from "./scores/rescore-queue.ts";
import { createDeliveryLoop } from "./webhooks/delivery-loop.ts";
import { STRICT_POLICY } from "./webhooks/endpoint-url.ts";

/** The background work of a process: any number of processes may do it at once. */
export function createWorker(deps: AppDeps & { config: Config }): Loop {
  const { sql, db } = deps.database;

  async function renewNorms(isDue: "always" | "when-outgrown"): Promise<void> {
    for (const project of await listProjects(db)) {
      const now = deps.clock();
      if (isDue === "when-outgrown" && !(await areNormsOutgrown(sql, project, now))) continue;
      await refreshNorms(sql, project, now);
      await queueAllAccounts(sql, project.id, new Date(deps.clock()).toISOString());
    }
  }

  /** Each project's day is closed once, within the hour after its own midnight. */
  async function closeDays(): Promise<void> {
    for (const project of await listProjects(db)) {
      const today = calendarDayOf(deps.clock(), project.timeZone);
      const yesterday = toCalendarDay(toDayNumber(today) - 1);
      const tick = { name: `close-day ${project.id}`, dueAt: new Date(yesterday) };
      await runTick(sql, deps.clock, tick, async () => {
        await closeDay(sql, project, yesterday);
      });
    }
  }

  const loops: Pick<Loop, "start" | "stop">[] = [
    createDeliveryLoop({ ...deps, ...(deps.webhookPolicy ?? STRICT_POLICY) }),
    createRescoreLoop({ ...deps, sql }),
    createScheduler({ ...deps, sql }, [
      { name: "nightly-norms", pattern: "15 3 * * *", run: () => renewNorms("always") },
      { name: "close-days", pattern: "20 * * * *", run: closeDays },
      { name: "growing-norms", pattern: "* * * * *", run: () => renewNorms("when-outgrown") },
    ]),
  ];
  return {
    start() {
      for (const loop of loops) loop.start();
    },
    async stop() {
      await Promise.all(loops.map((loop) => loop.stop()));
    },
  };
}
