/**
 * `feature_depth`: how much the core features are used by those who use the product.
 *
 * @module
 */

import { activeUsers } from "./divisor.ts";
import {
  lastUsageDay,
  type Measurement,
  missing,
  momentOfDay,
  type Reading,
  seenShare,
  usageInWindow,
  weightOfAge,
} from "./reading.ts";

/**
 * ln(1 + decayed uses of core features ÷ active users). Without a list, every use counts. Missing where nothing of the
 * window could be seen.
 */
export function measureFeatureDepth(measurement: Measurement): Reading {
  const { spec, now, today } = measurement;
  const unit = "log uses per active user";
  const last = lastUsageDay(measurement);
  const seen = seenShare(measurement);
  if (last === null || seen === 0) return missing(unit);
  const core = new Set(spec.features ?? []);
  let uses = 0;
  let decayed = 0;
  for (const row of usageInWindow(measurement)) {
    const feature = row.feature ?? row.event;
    if (core.size > 0 && !core.has(feature)) continue;
    uses += row.count;
    decayed += row.count * weightOfAge(measurement, today - row.day, spec.halfLifeDays);
  }
  return {
    value: Math.log1p(decayed / seen / Math.max(1, activeUsers(measurement))),
    unit,
    sampleSize: uses,
    observedAt: momentOfDay(last, now),
  };
}
