/**
 * The lives of simulated accounts: how engaged and how content they are, day by day.
 *
 * What is made here is hidden from the engine, which sees only what follows from it.
 *
 * @module
 */

import type { Random } from "../stats/random.ts";

/** Kinds of simulated account. */
export const ARCHETYPES = [
  "healthy",
  "quiet",
  "fading",
  "silent",
  "unhappy",
  "seasonal",
  "new",
] as const;

/** A kind of simulated account. */
export type Archetype = (typeof ARCHETYPES)[number];

/** Shares of the kinds in a book; they sum to 1. */
export const ARCHETYPE_SHARES: Record<Archetype, number> = {
  healthy: 0.46,
  quiet: 0.14,
  fading: 0.15,
  silent: 0.06,
  unhappy: 0.06,
  seasonal: 0.08,
  new: 0.05,
};

/** What an account goes through. */
export interface Life {
  /** Use of the product against the account's own norm, by day; 1 is normal. */
  engagement: Float64Array;
  /** Season of its business, by day: it multiplies usage, and means nothing. */
  season: Float64Array;
  /** 0–1, by day. */
  satisfaction: Float64Array;
}

/** Engagement wanders by so much around its course: sd of its logarithm, and its memory from day to day. */
const WANDER_SD = 0.15;
const WANDER_MEMORY = 0.97;

/**
 * Draws a life.
 *
 * Fading starts on any day of the last 240 before renewal, and halves use every 20–60 days; silence falls within a week or
 * two; the unhappy stay busy while satisfaction sinks. Everybody's engagement wanders.
 *
 * @param archetype - its kind
 * @param days - length of the life
 * @param renewalDay - index of the day on which it renews or not; may lie beyond the end
 */
export function drawLife(
  archetype: Archetype,
  { days, renewalDay, random }: { days: number; renewalDay: number; random: Random },
): Life {
  const engagement = new Float64Array(days);
  const season = new Float64Array(days).fill(1);
  const satisfaction = new Float64Array(days);
  const content = Math.min(0.95, Math.max(0.45, 0.78 + 0.09 * random.normal()));
  const onset = renewalDay - 15 - Math.floor(225 * random.uniform());
  const halfLife = 20 + 40 * random.uniform();
  const floor = 0.02 + 0.18 * random.uniform();
  const lowest = 0.12 + 0.2 * random.uniform();
  const phase = random.uniform();
  let wander = WANDER_SD * random.normal();
  for (let day = 0; day < days; day++) {
    wander =
      WANDER_MEMORY * wander + WANDER_SD * Math.sqrt(1 - WANDER_MEMORY ** 2) * random.normal();
    const since = day - onset;
    let course = 1;
    let mood = content;
    if (archetype === "fading" && since > 0) {
      course = floor + (1 - floor) * 0.5 ** (since / halfLife);
      mood = content - 0.3 * (1 - course);
    }
    if (archetype === "silent" && since > 0) course = Math.max(0, 1 - since / 10) * 0.98 + 0.02;
    if (archetype === "unhappy")
      mood = lowest + (content - lowest) * 0.5 ** (Math.max(0, since) / 25);
    if (archetype === "seasonal") {
      season[day] = 1 - 0.6 * Math.max(0, Math.sin(2 * Math.PI * (day / 365 + phase))) ** 2;
    }
    if (archetype === "new") course = Math.min(1, 0.3 + day / 60);
    engagement[day] = course * Math.exp(wander);
    satisfaction[day] = mood;
  }
  return { engagement, season, satisfaction };
}
