/**
 * `task_completion`: whether what is begun gets done.
 *
 * @module
 */

import { type Measurement, missing, momentOfDay, type Reading } from "./reading.ts";

/**
 * (completed + ½) ÷ (started + 1), 0–1: the mean of a binomial share under the Jeffreys prior.
 *
 * @see https://doi.org/10.1214/ss/1009213286
 */
export function measureTaskCompletion({ facts, spec, now, today }: Measurement): Reading {
  const unit = "share of tasks";
  let started = 0;
  let completed = 0;
  let last = Number.NEGATIVE_INFINITY;
  for (const row of facts.tasks ?? []) {
    if (row.day > today || row.day < today - spec.windowDays) continue;
    if (spec.tasks && !spec.tasks.includes(row.task)) continue;
    started += Math.max(row.started, row.completed);
    completed += row.completed;
    last = Math.max(last, row.day);
  }
  if (started === 0) return missing(unit);
  return {
    value: (completed + 0.5) / (started + 1),
    unit,
    sampleSize: started,
    observedAt: momentOfDay(last, now),
  };
}
