import type { ScoringModel } from "@telltale/scoring";
import type { SqlQueryable } from "../db/client.ts";
import { getCurrentModel } from "../scores/current-model.ts";
import { findLastCheck } from "./queries.ts";

const DAY_MS = 86_400_000;
/** A model that nobody held against outcomes for a quarter is due. */
const CHECK_EVERY_DAYS = 90;

/** When somebody is to look at the model in force again. */
export interface ModelReview {
  version: string;
  /** Calendar day, UTC: the earliest of the dates below. */
  dueOn: string;
  isDue: boolean;
  /** What is due by then, in words. */
  reasons: string[];
}

/** A quarter after its last report, backtest or calibration, or on the first date of its signals. */
export async function findReview(
  sql: SqlQueryable,
  projectId: string,
  now: number,
): Promise<ModelReview> {
  const model = await getCurrentModel(sql, projectId, now);
  const checkedAt = await findLastCheck(sql, projectId, model.version);
  return toReview(model, checkedAt?.getTime() ?? now, now);
}

/** @param checkedAt - milliseconds since the epoch, as is `now` */
export function toReview(model: ScoringModel, checkedAt: number, now: number): ModelReview {
  const calibratedAt = model.calibratedAt ? Date.parse(model.calibratedAt) : checkedAt;
  const last = Math.max(checkedAt, calibratedAt);
  const dates = [
    {
      on: dayOf(last + CHECK_EVERY_DAYS * DAY_MS),
      reason: "Hold the model against outcomes again.",
    },
    ...model.signals.flatMap(({ label, reviewBy }) =>
      reviewBy ? [{ on: reviewBy.slice(0, 10), reason: `Review the signal ${label}.` }] : [],
    ),
  ].sort((a, b) => (a.on < b.on ? -1 : 1));
  const today = dayOf(now);
  const dueOn = dates[0]?.on ?? today;
  const isDue = dueOn <= today;
  const reasons = dates.filter(({ on }) => on <= (isDue ? today : dueOn)).map((one) => one.reason);
  return { version: model.version, dueOn, isDue, reasons };
}

const dayOf = (at: number): string => new Date(at).toISOString().slice(0, 10);
