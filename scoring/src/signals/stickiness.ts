/**
 * `stickiness`: how often a user of the month is a user of the day.
 *
 * @module
 */

import {
  countsDay,
  judgedDays,
  lastUsageDay,
  type Measurement,
  missing,
  momentOfDay,
  type Reading,
  usageInWindow,
} from "./reading.ts";

/**
 * Mean daily active users ÷ active users of the window, 0–1, over whole days. Missing while nobody is active.
 */
export function measureStickiness(measurement: Measurement): Reading {
  const { now, today } = measurement;
  const unit = "share of active users a day";
  const last = lastUsageDay(measurement);
  const days = judgedDays(measurement);
  if (last === null) return missing(unit);
  const users = new Set<string>();
  const userDays = new Set<string>();
  for (const row of usageInWindow(measurement)) {
    if (row.day >= today || row.day < today - days || !countsDay(measurement, row.day)) continue;
    users.add(row.userId);
    userDays.add(`${row.day} ${row.userId}`);
  }
  let counted = 0;
  for (let age = 1; age <= days; age++) if (countsDay(measurement, today - age)) counted++;
  if (users.size === 0 || counted === 0) return missing(unit);
  return {
    value: userDays.size / counted / users.size,
    unit,
    sampleSize: userDays.size,
    observedAt: momentOfDay(last, now),
  };
}
