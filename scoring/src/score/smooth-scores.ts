/**
 * A calmer line through scores, for alert rules.
 *
 * @module
 */

import { MS_PER_DAY } from "../facts.ts";

/** A score at a moment. */
export interface DatedScore {
  /** Milliseconds since the Unix epoch. */
  at: number;
  /** 0–100. */
  score: number;
}

/**
 * The exponential mean of scores as of the last one, each weighted by its recency.
 *
 * With steps of one day it is the usual EWMA with α = 1 − 0.5^(1 ÷ halfLifeDays), and gaps are taken as they are: after a
 * long one, the past weighs little.
 *
 * @param scores - oldest first
 * @param halfLifeDays - above 0; null for the last score itself
 * @returns 0–100; null without scores
 * @throws {RangeError} if a score is dated before the one before it
 */
export function smoothScores(
  scores: readonly DatedScore[],
  halfLifeDays: number | null,
): number | null {
  const last = scores.at(-1);
  if (!last) return null;
  let smooth = scores[0]?.score as number;
  let before = scores[0]?.at as number;
  for (const { at, score } of scores) {
    if (at < before) throw new RangeError("smoothScores requires scores by growing date");
    const keep = halfLifeDays === null ? 0 : 0.5 ** ((at - before) / MS_PER_DAY / halfLifeDays);
    smooth = keep * smooth + (1 - keep) * score;
    before = at;
  }
  return halfLifeDays === null ? last.score : smooth;
}
