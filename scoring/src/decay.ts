/**
 * Recency: how much an old observation still says about today.
 *
 * @module
 */

import { MS_PER_DAY } from "./facts.ts";

/** Something that was measured once. */
export interface Observation {
  /** When it was measured, in milliseconds since the Unix epoch. */
  at: number;
  /** What was measured, in the caller's unit. */
  value: number;
}

/**
 * The weight of an observation of a given age, under exponential decay.
 *
 * An observation made now weighs 1, and each further `halfLifeDays` halves it.
 *
 * @param ageDays - age in days, 0 or more; fractions are allowed
 * @param halfLifeDays - age in days at which the weight is one half, above 0; null for no decay
 * @returns the weight, from 1 down to 0 (it underflows to 0 past 1,074 half-lives)
 * @throws {RangeError} if an argument is out of its range or not finite
 * @see https://en.wikipedia.org/wiki/Exponential_decay
 * @example
 * decayWeight(0, 14); // 1
 * decayWeight(14, 14); // 0.5
 */
export function decayWeight(ageDays: number, halfLifeDays: number | null): number {
  if (!Number.isFinite(ageDays) || ageDays < 0) {
    throw new RangeError(`decayWeight requires a finite ageDays of 0 or more, got ${ageDays}`);
  }
  if (halfLifeDays === null) return 1;
  if (!Number.isFinite(halfLifeDays) || halfLifeDays <= 0) {
    throw new RangeError(`decayWeight requires a finite halfLifeDays above 0, got ${halfLifeDays}`);
  }
  return 0.5 ** (ageDays / halfLifeDays);
}

/** A sum of decayed weights and of what they weigh. */
export interface DecayedTotal {
  /** Σ weight × value, in the unit of the values. */
  sum: number;
  /** Σ weight: how many fresh observations they are worth. */
  weight: number;
}

/**
 * The sum of observations, each counted by its recency.
 *
 * @param observations - in any order, none later than `now`
 * @param now - the moment to look back from, in milliseconds since the Unix epoch
 * @param halfLifeDays - see {@link decayWeight}
 * @returns sums of 0 when there are no observations
 * @throws {RangeError} if an observation is later than `now`
 */
export function decayedTotal(
  observations: readonly Observation[],
  now: number,
  halfLifeDays: number | null,
): DecayedTotal {
  let sum = 0;
  let weight = 0;
  for (const observation of observations) {
    const share = decayWeight((now - observation.at) / MS_PER_DAY, halfLifeDays);
    sum += observation.value * share;
    weight += share;
  }
  return { sum, weight };
}
