/**
 * `active_days`: how regularly the account comes.
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
 * Days with activity ÷ days of the window, 0–1.
 *
 * The window is cut to the account's age. Today counts only once there was activity, so that a score does not
 * sink every midnight [ours]. With `isWorkingDaysOnly`, weekends are left out on both sides.
 */
export function measureActiveDays(measurement: Measurement): Reading {
  const { now, today } = measurement;
  const unit = "share of days";
  const last = lastUsageDay(measurement);
  if (last === null) return missing(unit);
  const active = new Set<number>();
  for (const row of usageInWindow(measurement)) {
    if (countsDay(measurement, row.day)) active.add(row.day);
  }
  let days = active.has(today) ? 1 : 0;
  for (let day = today - judgedDays(measurement); day < today; day++) {
    if (countsDay(measurement, day)) days++;
  }
  if (days === 0) return missing(unit);
  return { value: active.size / days, unit, sampleSize: days, observedAt: momentOfDay(last, now) };
}
