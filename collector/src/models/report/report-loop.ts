import type { Sql } from "../../db/client.ts";
import { createLoop, type Loop } from "../../jobs/loop.ts";
import type { Logger } from "../../logger.ts";
import { findProject } from "../../projects/find-project.ts";
import { readStoredModel } from "../../scores/read-stored-model.ts";
import { getModelRow } from "../read-models.ts";
import { makeReport } from "./make-report.ts";
import {
  type ClaimedReport,
  claimReport,
  releaseReport,
  storeReport,
  updateProgress,
} from "./queries.ts";

/** A worker that says nothing for so long is taken for dead. */
const LEASE_MS = 10 * 60_000;
const TELL_EVERY_MS = 1_000;
const IDLE_MS = 1_000;

interface ReportDeps {
  sql: Sql;
  clock: () => number;
  logger: Logger;
}

/** Makes the reports that were asked for, one at a time; one that is cut short waits for another worker. */
export function createReportLoop(deps: ReportDeps): Loop {
  const stopping = new AbortController();
  const loop = createLoop({
    name: "reports",
    idleMs: IDLE_MS,
    logger: deps.logger,
    turn: () => makeDueReport({ ...deps, signal: stopping.signal }),
  });
  return {
    start: loop.start,
    stop() {
      stopping.abort();
      return loop.stop();
    },
  };
}

/** One turn of the loop. @returns whether there was a report to make */
export async function makeDueReport(deps: ReportDeps & { signal?: AbortSignal }): Promise<boolean> {
  const { sql, clock, logger, signal } = deps;
  const isoAfter = (ms: number) => new Date(clock() + ms).toISOString();
  const claimed = await claimReport(sql, { now: isoAfter(0), leaseUntil: isoAfter(LEASE_MS) });
  if (!claimed) return false;
  let toldAt = 0;
  const onProgress = (done: number, total: number) => {
    signal?.throwIfAborted();
    if (performance.now() - toldAt < TELL_EVERY_MS) return;
    toldAt = performance.now();
    const progress = { done, total, leaseUntil: isoAfter(LEASE_MS) };
    updateProgress(sql, claimed, progress).catch((error) =>
      logger.warn({ err: error }, "the progress of a report was not noted"),
    );
  };
  try {
    const report = await makeClaimed(sql, claimed, { now: clock(), onProgress });
    await storeReport(sql, claimed, { at: isoAfter(0), report: JSON.stringify(report) });
  } catch (error) {
    if (signal?.aborted) {
      await releaseReport(sql, claimed);
      return false;
    }
    logger.error({ err: error, version: claimed.version }, "a report failed");
    await storeReport(sql, claimed, { at: isoAfter(0), failure: (error as Error).message });
  }
  return true;
}

async function makeClaimed(
  sql: Sql,
  { projectId, version }: ClaimedReport,
  how: { now: number; onProgress: (done: number, total: number) => void },
) {
  const project = await findProject(sql, projectId);
  if (!project) throw new Error("The project is gone.");
  const model = readStoredModel((await getModelRow(sql, projectId, version)).document);
  return makeReport(sql, project, { model, ...how });
}
