import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { evaluationCase, lawfulCases, tiedCases } from "../testing/cases.ts";
import { fitIsotonicChurn, fitPlatt, toChurnProbability } from "./churn-probability.ts";

const law = (score: number) => 1 / (1 + Math.exp((score - 50) / 10));

describe("churn mappings", () => {
  const cases = lawfulCases(4000, "platt");

  it("find the law that made the outcomes", () => {
    const platt = fitPlatt(cases);
    const isotonic = fitIsotonicChurn(cases);
    if (!platt || !isotonic) throw new Error("no fit");
    for (const score of [20, 40, 50, 60, 80]) {
      expect(Math.abs(toChurnProbability(platt, score) - law(score))).toBeLessThan(0.05);
      expect(Math.abs(toChurnProbability(isotonic, score) - law(score))).toBeLessThan(0.12);
    }
  });

  it("agree with SciPy where scores are equal and fall short of parting the classes", () => {
    const cases = tiedCases();
    const platt = fitPlatt(cases);
    const isotonic = fitIsotonicChurn(cases);
    if (!platt || !isotonic) throw new Error("no fit");
    // scipy.optimize.minimize(lambda b: mean(log1p(exp(-(2y-1)(b0 + b1 z)))) + 5e-5 b1², z = (x - mean) / std, gtol 1e-12)
    for (const [score, expected] of [
      [20, 0.8136745915623504],
      [50, 0.4931950773422046],
      [80, 0.17821199853151004],
    ] as const) {
      expect(toChurnProbability(platt, score)).toBeCloseTo(expected, 6);
    }
    // u, i = np.unique(-x, return_inverse=True); w = bincount(i); np.interp(-score, u, isotonic_regression(bincount(i, y) / w, weights=w).x)
    for (const [score, expected] of [
      [20, 0.75],
      [44, 0.6],
      [50, 0.5],
      [60, 0.5],
      [80, 0],
    ] as const) {
      expect(toChurnProbability(isotonic, score)).toBeCloseTo(expected, 12);
    }
  });

  it("never rise with the score, whatever the outcomes", () => {
    const any = fc.array(
      fc.record({ score: fc.integer({ min: 0, max: 100 }), isChurned: fc.boolean() }),
      {
        minLength: 30,
        maxLength: 60,
      },
    );
    const score = fc.integer({ min: 0, max: 100 });
    fc.assert(
      fc.property(any, score, score, (given, a, b) => {
        const cases = given.map(evaluationCase);
        for (const mapping of [fitPlatt(cases), fitIsotonicChurn(cases)]) {
          if (!mapping) continue;
          const low = toChurnProbability(mapping, Math.min(a, b));
          const high = toChurnProbability(mapping, Math.max(a, b));
          expect(high).toBeLessThanOrEqual(low + 1e-12);
          expect(low).toBeLessThanOrEqual(1);
          expect(high).toBeGreaterThanOrEqual(0);
        }
      }),
      { numRuns: 40 },
    );
  });

  it("need ten of either outcome", () => {
    const few = cases.slice(0, 12).map((one, i) => ({ ...one, isChurned: i < 3 }));
    expect(fitPlatt(few)).toBeNull();
    expect(fitIsotonicChurn(few)).toBeNull();
  });
});
