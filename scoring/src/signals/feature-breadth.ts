/**
 * `feature_breadth`: how much of the product is in use.
 *
 * @module
 */

import {
  lastUsageDay,
  type Measurement,
  missing,
  momentOfDay,
  type Reading,
  usageInWindow,
} from "./reading.ts";

/**
 * Core features used on at least `minDays` days of the window ÷ core features.
 *
 * A model without a list of features gets the number of distinct features instead (an event that maps to no
 * feature stands for itself), so that a project that has defined none is still compared among its accounts.
 */
export function measureFeatureBreadth(measurement: Measurement): Reading {
  const { spec, now } = measurement;
  const core = spec.features ?? [];
  const unit = core.length > 0 ? "share of core features" : "features";
  const last = lastUsageDay(measurement);
  if (last === null) return missing(unit);
  const days = new Map<string, Set<number>>();
  const rows = usageInWindow(measurement);
  for (const row of rows) {
    const feature = row.feature ?? row.event;
    const seen = days.get(feature);
    if (seen) seen.add(row.day);
    else days.set(feature, new Set([row.day]));
  }
  const isUsed = (feature: string): boolean =>
    (days.get(feature)?.size ?? 0) >= (spec.minDays ?? 1);
  const used =
    core.length > 0 ? core.filter(isUsed).length : [...days.keys()].filter(isUsed).length;
  return {
    value: core.length > 0 ? used / core.length : used,
    unit,
    sampleSize: new Set(rows.map((row) => row.day)).size,
    observedAt: momentOfDay(last, now),
  };
}
