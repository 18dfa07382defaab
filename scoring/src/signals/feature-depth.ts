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
 * ln(1 + decayed uses of core features ÷ active users). Without a list, every use of a feature counts.
 */
export function measureFeatureDepth(measurement: Measurement): Reading {
  const { spec, now, today } = measurement;
  const unit = "log uses per active user";
  const last = lastUsageDay(measurement);
  if (last === null) return missing(unit);
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
    value: Math.log1p(decayed / seenShare(measurement) / Math.max(1, activeUsers(measurement))),
    unit,
    sampleSize: uses,
    observedAt: momentOfDay(last, now),
  };
}
