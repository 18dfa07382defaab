/**
 * `time_to_value`: how long the account waited for its first moment of value.
 *
 * @module
 */

import { dayOf } from "../facts.ts";
import { type Measurement, missing, type Reading } from "./reading.ts";

/**
 * Days from the account's creation to the first event, feature or milestone of `path`; lower is better.
 *
 * While it is not reached, the days so far: a lower bound, told by `isCensored`.
 */
export function measureTimeToValue({ facts, spec, now, today }: Measurement): Reading {
  const moments = new Set(spec.path ?? []);
  const created = dayOf(facts.createdAt);
  if (moments.size === 0 || created > today) return missing("days");
  let first: number | null = null;
  const reach = (day: number): void => {
    if (day <= today && (first === null || day < first)) first = day;
  };
  for (const row of facts.usage) {
    if (row.count <= 0) continue;
    if (moments.has(row.event) || (row.feature !== null && moments.has(row.feature)))
      reach(row.day);
  }
  for (const { milestone, reachedAt } of facts.milestones ?? []) {
    if (reachedAt !== null && reachedAt <= now && moments.has(milestone)) reach(dayOf(reachedAt));
  }
  return {
    value: Math.max(0, (first ?? today) - created),
    unit: "days",
    sampleSize: first === null ? 0 : 1,
    observedAt: now,
    isCensored: first === null,
  };
}
