/**
 * `velocity`: the account against its own recent past.
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
  weightOfAge,
} from "./reading.ts";

/**
 * Uses that a steady course is worth: the ratio is drawn to 1 as the mean of a Poisson rate under a Gamma prior, so that
 * a handful of events swings nothing [ours].
 */
const STEADY_USES = 20;

const LEAST_DAYS = 14;

/**
 * The log ratio of a fast to a slow exponential mean of daily usage.
 *
 * 0 is steady, ln ½ ≈ −0.69 is half, ln 2 ≈ 0.69 is double. Only whole days count: today is not over.
 * Missing before 14 days are known, and when the whole window is silent, where a trend says nothing.
 */
export function measureVelocity(measurement: Measurement): Reading {
  const { spec, now, today } = measurement;
  const unit = "log ratio";
  const last = lastUsageDay(measurement);
  const days = judgedDays(measurement);
  if (last === null || days < LEAST_DAYS) return missing(unit);
  const uses = new Float64Array(days + 1);
  let total = 0;
  for (const row of usageInWindow(measurement)) {
    const age = today - row.day;
    if (age < 1 || age > days || !countsDay(measurement, row.day)) continue;
    uses[age] = (uses[age] as number) + row.count;
    total += row.count;
  }
  if (total === 0) return missing(unit);
  let fast = 0;
  let fastWeight = 0;
  let slow = 0;
  let slowWeight = 0;
  for (let age = 1; age <= days; age++) {
    if (!countsDay(measurement, today - age)) continue;
    const fastShare = weightOfAge(measurement, age - 1, spec.fastDays ?? 7);
    const slowShare = weightOfAge(measurement, age - 1, spec.slowDays ?? 28);
    fast += fastShare * (uses[age] as number);
    fastWeight += fastShare;
    slow += slowShare * (uses[age] as number);
    slowWeight += slowShare;
  }
  const expected = (slow / slowWeight) * fastWeight;
  return {
    value: Math.log((fast + STEADY_USES) / (expected + STEADY_USES)),
    unit,
    sampleSize: days,
    observedAt: momentOfDay(last, now),
  };
}
