/**
 * Cases with known outcomes for tests.
 *
 * @module
 */

import type { EvaluationCase } from "../evaluate/evaluation-case.ts";
import { DEFAULT_MODEL } from "../model/default-model.ts";
import { tierOf } from "../score/score-account.ts";
import { createRandom } from "../stats/random.ts";

/** One case, flagged as its score says. */
export function evaluationCase(
  given: Partial<EvaluationCase> & { score: number | null },
): EvaluationCase {
  return {
    accountId: "acme",
    segments: [],
    isChurned: false,
    outcomeAt: 0,
    value: null,
    tier: given.score === null ? "unknown" : tierOf(given.score, DEFAULT_MODEL.tiers),
    components: {},
    signals: {},
    firstFlaggedAt: null,
    ...given,
  };
}

/**
 * Cases whose churn follows a known law: P(churn) = 1 ÷ (1 + e^((score − 50) ÷ 10)). Component `good` is the score with
 * little noise, `noise` is nothing but noise.
 */
export function lawfulCases(count: number, seed: string): EvaluationCase[] {
  const random = createRandom(seed);
  return Array.from({ length: count }, (_, i) => {
    const score = 100 * random.uniform();
    return evaluationCase({
      accountId: `account-${i}`,
      segments: [i % 2 ? "odd" : "even"],
      score,
      isChurned: random.uniform() < 1 / (1 + Math.exp((score - 50) / 10)),
      components: {
        good: Math.min(100, Math.max(0, score + 5 * random.normal())),
        noise: 100 * random.uniform(),
      },
    });
  });
}

/** Twelve churned and fourteen that stayed, some with the same score: what SciPy was asked about. */
export function tiedCases(): EvaluationCase[] {
  const churned = [12, 18.5, 22, 35, 41, 44, 47.5, 52, 58, 61, 63, 66];
  const stayed = [15, 39, 48, 55, 62, 64.5, 69, 71, 74, 78, 83, 90, 44, 58];
  return [churned, stayed].flatMap((scores, side) =>
    scores.map((score, i) =>
      evaluationCase({ accountId: `${side}-${i}`, score, isChurned: side === 0 }),
    ),
  );
}
