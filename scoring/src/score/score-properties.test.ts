import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { AccountFacts } from "../facts.ts";
import type { ScoringModel } from "../model/model.ts";
import { measureSignals } from "../signals/measure-signals.ts";
import { anyFacts, anyModel, NOW, normsOf } from "../testing/arbitrary.ts";
import { scoreAccount } from "./score-account.ts";

const scored = fc.record({
  facts: anyFacts,
  model: anyModel,
  population: fc.array(anyFacts, { maxLength: 4 }),
});

interface Given {
  facts: AccountFacts;
  model: ScoringModel;
  population: AccountFacts[];
}

function score({ facts, model, population }: Given) {
  const norms = normsOf(model, population);
  return scoreAccount({
    ...facts,
    signals: measureSignals({ facts, model, now: NOW }),
    model,
    norms,
    now: NOW,
  });
}

describe("scoreAccount, for any account and model,", () => {
  it("adds contributions and baseline up to the score", () => {
    fc.assert(
      fc.property(scored, (given) => {
        const result = score(given);
        if (result.score === null) {
          expect(result.drivers).toEqual([]);
          return;
        }
        const sum = result.drivers.reduce(
          (total, one) => total + one.contribution,
          result.baseline as number,
        );
        expect(Math.abs(sum - result.score)).toBeLessThan(1e-9);
      }),
    );
  });

  it("keeps score, confidence and coverage in range, and the score in its band", () => {
    fc.assert(
      fc.property(scored, (given) => {
        const { score: value, band, confidence, coverage } = score(given);
        expect(confidence).toBeGreaterThanOrEqual(0);
        expect(confidence).toBeLessThanOrEqual(1);
        expect(coverage).toBeLessThanOrEqual(1);
        if (value === null) return;
        const [low, high] = band as [number, number];
        expect(low).toBeGreaterThanOrEqual(-1e-9);
        expect(low).toBeLessThanOrEqual(value);
        expect(high).toBeGreaterThanOrEqual(value);
        expect(high).toBeLessThanOrEqual(100 + 1e-9);
      }),
    );
  });

  it("gives the same bits for the same inputs, in any order of rows", () => {
    fc.assert(
      fc.property(scored, (given) => {
        const { facts } = given;
        const turned = {
          ...facts,
          usage: [...facts.usage].reverse(),
          responses: [...facts.responses].reverse(),
        };
        const first = score(given);
        expect(JSON.stringify(score(given))).toBe(JSON.stringify(first));
        const other = score({ ...given, facts: turned }).score;
        if (first.score === null) expect(other).toBeNull();
        else expect(other).toBeCloseTo(first.score, 8);
      }),
      { numRuns: 50 },
    );
  });
});
