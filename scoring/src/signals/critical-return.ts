/**
 * `critical_return`: whether what was tried is used again.
 *
 * @module
 */

import { lastUsageDay, type Measurement, missing, momentOfDay, type Reading } from "./reading.ts";

/**
 * Activated critical features used again in a later week ÷ activated critical features, 0–1.
 *
 * A feature is activated by its first use; the use that counts as a return lies 7 days later or more, within the
 * window. Features activated less than a week ago cannot be judged yet. Missing when none can be.
 */
export function measureCriticalReturn(measurement: Measurement): Reading {
  const { facts, spec, now, today } = measurement;
  const unit = "share of activated features";
  const last = lastUsageDay(measurement);
  if (last === null) return missing(unit);
  const critical = new Set(spec.features ?? []);
  const first = new Map<string, number>();
  const latest = new Map<string, number>();
  for (const row of facts.usage) {
    if (row.feature === null || row.day > today || row.count <= 0) continue;
    if (critical.size > 0 && !critical.has(row.feature)) continue;
    first.set(row.feature, Math.min(first.get(row.feature) ?? row.day, row.day));
    latest.set(row.feature, Math.max(latest.get(row.feature) ?? row.day, row.day));
  }
  let activated = 0;
  let returned = 0;
  for (const [feature, day] of first) {
    if (day > today - 7) continue;
    activated++;
    const again = latest.get(feature) as number;
    if (again >= day + 7 && again >= today - spec.windowDays) returned++;
  }
  if (activated === 0) return missing(unit);
  return {
    value: returned / activated,
    unit,
    sampleSize: activated,
    observedAt: momentOfDay(last, now),
  };
}
