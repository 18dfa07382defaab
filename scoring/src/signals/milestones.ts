/**
 * `milestones`: whether the account is where it should be.
 *
 * @module
 */

import { type Measurement, missing, type Reading } from "./reading.ts";

/**
 * Due milestones that were reached, late or not, ÷ due milestones, 0–1. Missing while none is due.
 */
export function measureMilestones({ facts, now }: Measurement): Reading {
  const due = (facts.milestones ?? []).filter((row) => row.dueAt !== null && row.dueAt <= now);
  if (due.length === 0) return missing("share of due milestones");
  const reached = due.filter((row) => row.reachedAt !== null && row.reachedAt <= now).length;
  return {
    value: reached / due.length,
    unit: "share of due milestones",
    sampleSize: due.length,
    observedAt: now,
  };
}
