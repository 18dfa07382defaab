import { watchSources } from "../connectors/watch-sources.ts";
import type { Database } from "../db/client.ts";
import { createLoop, type Loop } from "../jobs/loop.ts";
import type { Logger } from "../logger.ts";
import { listProjects } from "../projects/queries.ts";
import { ensureRules } from "./rules.ts";
import { runRules } from "./run-rules.ts";
import { tendAlerts } from "./tend-alerts.ts";

interface AlertLoopOptions {
  database: Database;
  /** Milliseconds since the epoch. */
  clock: () => number;
  logger: Logger;
  /** For the links of alerts, without a slash at the end. */
  publicUrl: string;
}

const EVERY_MS = 60_000;

/**
 * Runs the rules of every project each minute, and does what time does to alerts. Processes that
 * do so at once take turns, rule by rule.
 */
export function createAlertLoop(options: AlertLoopOptions): Loop & { tick(): Promise<void> } {
  const { database, clock, logger, publicUrl } = options;
  const deps = { sql: database.sql, publicUrl };

  async function tick(): Promise<void> {
    for (const project of await listProjects(database.db)) {
      try {
        await ensureRules(deps.sql, project.id, new Date(clock()).toISOString());
        const { opened, resolved } = await runRules(deps, project, clock());
        const escalated = await tendAlerts(deps, project.id, clock());
        await watchSources(deps.sql, project.id, new Date(clock()).toISOString());
        if (opened + resolved + escalated > 0) {
          logger.info({ projectId: project.id, opened, resolved, escalated }, "alert rules ran");
        }
      } catch (err) {
        logger.error({ projectId: project.id, err }, "alert rules failed");
      }
    }
  }

  const loop = createLoop({
    name: "alerts",
    turn: async () => {
      await tick();
      return false;
    },
    idleMs: EVERY_MS,
    logger,
  });
  return { ...loop, tick };
}
