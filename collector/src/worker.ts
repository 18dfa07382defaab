import { createAlertLoop } from "./alerts/alert-loop.ts";
import type { AppDeps } from "./app.ts";
import type { Config } from "./config.ts";
import { summariseBook } from "./dashboard/summaries/summarise-book.ts";
import { summariseUsage } from "./dashboard/summaries/summarise-usage.ts";
import { watchOutages } from "./incidents/watch-outages.ts";
import type { Loop } from "./jobs/loop.ts";
import { createScheduler, runTick } from "./jobs/schedule.ts";
import { remindOfReview } from "./models/remind-review.ts";
import { createReportLoop } from "./models/report/report-loop.ts";
import { applyRetention } from "./operations/apply-retention.ts";
import { ensurePartitions } from "./operations/partitions.ts";
import { eachProject } from "./projects/each-project.ts";
import { listProjects } from "./projects/queries.ts";
import { calendarDayOf, toCalendarDay, toDayNumber } from "./scores/civil-day.ts";
import { closeDay } from "./scores/close-day.ts";
import { runNightly } from "./scores/nightly.ts";
import { areNormsOutgrown } from "./scores/refresh-norms.ts";
import { createReopenLoop } from "./scores/reopen-loop.ts";
import { createRescoreLoop } from "./scores/rescore-loop.ts";
import { scoreShadows } from "./scores/score-shadows.ts";
import { countSessions } from "./sessions/count-sessions.ts";
import { removeVoidGrants } from "./surveys/remove-void-grants.ts";
import { createDeliveryLoop } from "./webhooks/delivery-loop.ts";
import { STRICT_POLICY } from "./webhooks/endpoint-url.ts";

/** The background work of a process: any number of processes may do it at once. */
export function createWorker(deps: AppDeps & { config: Config }): Loop {
  const { sql, db } = deps.database;

  /** Each project is scored once a night; where that failed, an hour later. */
  const scoreAll = () =>
    eachProject(db, async (project) => {
      const today = new Date(calendarDayOf(deps.clock(), "UTC"));
      const tick = { name: `nightly ${project.id}`, dueAt: today };
      await runTick(sql, deps.clock, tick, async () => {
        await runNightly({ ...deps, sql }, project, deps.clock());
        await scoreShadows(sql, project, deps.clock());
      });
    });

  const renewOutgrownNorms = () =>
    eachProject(db, async (project) => {
      const now = deps.clock();
      if (await areNormsOutgrown(sql, project, now))
        await runNightly({ ...deps, sql }, project, now);
    });

  /** Each project's day is closed once, within the hour after its own midnight. */
  const closeDays = () =>
    eachProject(db, async (project) => {
      const today = calendarDayOf(deps.clock(), project.timeZone);
      const yesterday = toCalendarDay(toDayNumber(today) - 1);
      const tick = { name: `close-day ${project.id}`, dueAt: new Date(yesterday) };
      await runTick(sql, deps.clock, tick, async () => {
        // First, so that a day without data is closed as unknown and not as zero.
        await watchOutages(sql, project, deps.clock());
        await closeDay(sql, project, yesterday);
      });
    });

  async function keepHouse(): Promise<void> {
    await ensurePartitions(sql, deps.clock());
    const retired = await applyRetention(sql, await listProjects(db), deps.clock());
    const voidGrants = await removeVoidGrants(sql, deps.clock());
    deps.logger.info({ ...retired, voidGrants }, "retention applied");
  }

  const summariseProjects = (scope: "changed" | "all") =>
    eachProject(db, async (project) => {
      await summariseUsage(sql, project, { scope, now: deps.clock() });
      await summariseBook(sql, project, deps.clock());
    });

  const remindOfReviews = () =>
    eachProject(db, (project) => remindOfReview({ ...deps, sql }, project.id));

  const loops: Pick<Loop, "start" | "stop">[] = [
    createDeliveryLoop({ ...deps, ...(deps.webhookPolicy ?? STRICT_POLICY) }),
    createAlertLoop(deps),
    createRescoreLoop({ ...deps, sql }),
    createReopenLoop({ ...deps, sql }),
    createReportLoop({ ...deps, sql }),
    createScheduler({ ...deps, sql }, [
      { name: "housekeeping", pattern: "5 * * * *", run: keepHouse },
      { name: "nightly", pattern: "15 3-23 * * *", run: scoreAll },
      { name: "close-days", pattern: "20 * * * *", run: closeDays },
      { name: "summaries", pattern: "*/5 * * * *", run: () => summariseProjects("changed") },
      { name: "all-summaries", pattern: "45 3 * * *", run: () => summariseProjects("all") },
      { name: "model-reviews", pattern: "30 8 * * *", run: remindOfReviews },
      { name: "sessions", pattern: "* * * * *", run: () => countSessions(sql, deps.clock()) },
      { name: "growing-norms", pattern: "* * * * *", run: renewOutgrownNorms },
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
