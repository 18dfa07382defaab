/**
 * `path_adherence`: whether the account goes the way that works.
 *
 * @module
 */

import { lastUsageDay, type Measurement, missing, momentOfDay, type Reading } from "./reading.ts";

/**
 * Longest common subsequence of the best-practice path and what was used ÷ length of the path, 0–1.
 *
 * What was used within one day may have come in any order, so the order of the path is assumed there. The whole
 * history counts, as far as it is given.
 */
export function measurePathAdherence(measurement: Measurement): Reading {
  const { facts, spec, now, today } = measurement;
  const unit = "share of the path";
  const path = spec.path ?? [];
  const last = lastUsageDay(measurement);
  if (last === null || path.length === 0) return missing(unit);
  const days = new Map<string, Set<number>>(path.map((step) => [step, new Set()]));
  for (const row of facts.usage) {
    if (row.day > today || row.count <= 0) continue;
    days.get(row.event)?.add(row.day);
    if (row.feature !== null) days.get(row.feature)?.add(row.day);
  }
  const length = longestChain(
    path.map((step) => [...(days.get(step) ?? [])].sort((a, b) => a - b)),
  );
  return {
    value: length / path.length,
    unit,
    sampleSize: path.length,
    observedAt: momentOfDay(last, now),
  };
}

/**
 * The most steps that can be taken in order, each on one of its days and none before the step before it.
 *
 * @param days - of each step, growing
 */
export function longestChain(days: readonly (readonly number[])[]): number {
  const endOfLength: number[] = [Number.NEGATIVE_INFINITY];
  for (const step of days) {
    for (let length = endOfLength.length - 1; length >= 0; length--) {
      const next = step.find((day) => day >= (endOfLength[length] as number));
      if (next === undefined) continue;
      const known = endOfLength[length + 1];
      if (known === undefined || next < known) endOfLength[length + 1] = next;
    }
  }
  return endOfLength.length - 1;
}
