/**
 * `sentiment_trajectory`: where satisfaction is going.
 *
 * @module
 */

import { decayWeight } from "../decay.ts";
import { MS_PER_DAY } from "../facts.ts";
import { weightedTrend } from "../stats/trend.ts";
import { type Measurement, missing, type Reading } from "./reading.ts";

const LEAST_ANSWERS = 3;

/**
 * The slope of the answers by weighted least squares, in points per 30 days, with its standard error.
 *
 * Missing below three answers at two distinct times.
 */
export function measureSentimentTrajectory({ facts, spec, now }: Measurement): Reading {
  const unit = "points per 30 days";
  const oldest = now - spec.windowDays * MS_PER_DAY;
  const answers = facts.responses.filter(
    (row) =>
      row.at <= now &&
      row.at > oldest &&
      (spec.responseKinds?.includes(row.kind) ?? row.kind !== "comment"),
  );
  if (answers.length < LEAST_ANSWERS) return missing(unit);
  const trend = weightedTrend(
    answers.map(({ at, value }) => ({
      x: (at - now) / (30 * MS_PER_DAY),
      y: value,
      weight: decayWeight((now - at) / MS_PER_DAY, spec.halfLifeDays),
    })),
  );
  if (!trend) return missing(unit);
  return {
    value: trend.slope,
    unit,
    sampleSize: answers.length,
    observedAt: answers.reduce((last, row) => Math.max(last, row.at), Number.NEGATIVE_INFINITY),
    ...(trend.standardError === null ? {} : { standardError: trend.standardError }),
  };
}
