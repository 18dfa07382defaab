/**
 * `friction`, `web_vital`: what stands in the way.
 *
 * @module
 */

import { MS_PER_DAY } from "../facts.ts";
import { quantile, sorted } from "../stats/quantile.ts";
import { lastUsageDay, type Measurement, missing, momentOfDay, type Reading } from "./reading.ts";
import { sessionCount } from "./sessions.ts";

/** Rage clicks, dead clicks and errors of the window ÷ sessions; lower is better. Missing without sessions. */
export function measureFriction(measurement: Measurement): Reading {
  const { facts, spec, now, today } = measurement;
  const unit = "per session";
  const last = lastUsageDay(measurement);
  const sessions = sessionCount(measurement);
  if (last === null || sessions === 0) return missing(unit);
  let count = 0;
  for (const row of facts.friction ?? []) {
    if (row.day > today || row.day < today - spec.windowDays) continue;
    if (spec.frictionKinds && !spec.frictionKinds.includes(row.kind)) continue;
    count += row.count;
  }
  return {
    value: count / sessions,
    unit,
    sampleSize: sessions,
    observedAt: momentOfDay(last, now),
  };
}

/**
 * The 75th percentile of one web vital in the window; lower is better.
 *
 * @see https://web.dev/articles/defining-core-web-vitals-thresholds
 */
export function measureWebVital({ facts, spec, now }: Measurement): Reading {
  const unit = spec.vital === "CLS" ? "share of the screen" : "ms";
  const oldest = now - spec.windowDays * MS_PER_DAY;
  const rows = (facts.vitals ?? []).filter(
    (row) => row.name === spec.vital && row.at <= now && row.at > oldest,
  );
  if (rows.length === 0) return missing(unit);
  return {
    value: quantile(sorted(rows.map((row) => row.value)), 0.75),
    unit,
    sampleSize: rows.length,
    observedAt: rows.reduce((last, row) => Math.max(last, row.at), Number.NEGATIVE_INFINITY),
  };
}
