/**
 * `csat`, `nps`, `ces`, `thumbs`, `comments`: what users say, on one scale.
 *
 * @module
 */

import { decayedTotal } from "../decay.ts";
import { MS_PER_DAY, type ResponseKind } from "../facts.ts";
import { type Measurement, missing, type Reading } from "./reading.ts";

/**
 * The decayed mean of the answers of one kind, 0–100.
 *
 * It is the plain mean of what was said; {@link shrink} draws it to the project's mean when it is scored.
 *
 * @param kind - of response
 */
export function measureSentiment(kind: ResponseKind): (measurement: Measurement) => Reading {
  return ({ facts, spec, now }) => {
    const oldest = now - spec.windowDays * MS_PER_DAY;
    const answers = facts.responses.filter(
      (row) => row.kind === kind && row.at <= now && row.at > oldest,
    );
    const { sum, weight } = decayedTotal(answers, now, spec.halfLifeDays);
    // Past a thousand half-lives a weight is 0, also that of the only answer.
    if (weight === 0) return missing("of 100");
    return {
      value: sum / weight,
      unit: "of 100",
      sampleSize: answers.length,
      effectiveSize: weight,
      observedAt: answers.reduce((last, row) => Math.max(last, row.at), Number.NEGATIVE_INFINITY),
    };
  };
}

/**
 * A mean of few answers, drawn to the project's: (n·x̄ + k·μ) ÷ (n + k).
 *
 * @param value - the account's mean x̄
 * @param size - its answers n, after decay, 0 or more
 * @param shrinkage - answers k that the project's mean is worth, 0 or more
 * @param projectMean - μ
 * @throws {RangeError} if both sizes are 0
 */
export function shrink(
  value: number,
  size: number,
  { shrinkage, projectMean }: { shrinkage: number; projectMean: number },
): number {
  if (!(size + shrinkage > 0)) {
    throw new RangeError(
      `shrink requires a size or shrinkage above 0, got ${size} and ${shrinkage}`,
    );
  }
  return (size * value + shrinkage * projectMean) / (size + shrinkage);
}
