import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DEFAULT_MODEL } from "../model/default-model.ts";
import type { ScoringModel } from "../model/model.ts";
import { evaluationCase, lawfulCases, tiedCases } from "../testing/cases.ts";
import { fitIsotonicChurn, fitPlatt, toChurnProbability } from "./churn-probability.ts";
import { crossValidate } from "./cross-validate.ts";
import { suggestThresholds } from "./suggest-thresholds.ts";
import { suggestWeights } from "./suggest-weights.ts";

const law = (score: number) => 1 / (1 + Math.exp((score - 50) / 10));

describe("crossValidate", () => {
  const cases = lawfulCases(600, "cv");
  const rows = cases.map((one) => [one.components.good as number]);
  const labels = cases.map((one) => !one.isChurned);
  const input = { rows, labels, penalty: 1e-4, weights: "any" as const, folds: 5, seed: "f" };

  it("judges a real feature high and noise at chance", () => {
    expect(crossValidate(input)?.areaUnderCurve).toBeGreaterThan(0.9);
    const noise = cases.map((one) => [one.components.noise as number]);
    expect(crossValidate({ ...input, rows: noise })?.areaUnderCurve).toBeLessThan(0.58);
  });

  it("is the same for the same seed, and needs enough of both labels", () => {
    expect(crossValidate(input)).toEqual(crossValidate(input));
    const few = labels.map((_, i) => i > 2);
    expect(crossValidate({ ...input, labels: few })).toBeNull();
    expect(() => crossValidate({ ...input, folds: 1 })).toThrow(RangeError);
  });
});

describe("suggestWeights", () => {
  const model: ScoringModel = {
    ...DEFAULT_MODEL,
    components: ["good", "noise"].map((key) => ({ key, label: key, weight: 0.5, signals: [] })),
  };

  it("gives the weight to what tells churn from staying", () => {
    const found = suggestWeights({ cases: lawfulCases(600, "weights"), model, seed: "w" });
    expect(found.status).toBe("ok");
    expect(found.weights.good).toBeGreaterThan(0.9);
    expect(Object.values(found.weights).reduce((a, b) => a + b)).toBeCloseTo(1, 12);
    const { suggested, unconstrained } = found.areas as NonNullable<typeof found.areas>;
    expect(unconstrained - suggested).toBeLessThan(0.01);
  });

  it("never lets a component count against its own direction", () => {
    const turned = lawfulCases(600, "turned").map((one) => ({
      ...one,
      components: { good: one.components.good as number, noise: 100 - (one.score as number) },
    }));
    const { weights } = suggestWeights({ cases: turned, model, seed: "w" });
    expect(weights.noise).toBe(0);
  });

  it("bears missing components, and says when there is too little or nothing to learn", () => {
    const holes = lawfulCases(300, "holes").map((one, i) => ({
      ...one,
      components: i % 3 ? one.components : { ...one.components, good: null },
    }));
    expect(suggestWeights({ cases: holes, model, seed: "w" }).weights.good).toBeGreaterThan(0.7);
    expect(suggestWeights({ cases: lawfulCases(12, "few"), model, seed: "w" }).status).toBe(
      "too-few-outcomes",
    );
    const against = lawfulCases(300, "against").map((one) => ({
      ...one,
      components: { good: 100 - (one.score as number), noise: 100 - (one.score as number) },
    }));
    expect(suggestWeights({ cases: against, model, seed: "w" }).status).toBe("no-information");
  });
});

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

describe("suggestThresholds", () => {
  it("finds the most churn within the budget, by trying every line", () => {
    const cases = lawfulCases(300, "lines");
    const { status, healthyFrom, criticalBelow, curve } = suggestThresholds(cases, 0.3);
    expect(status).toBe("ok");
    expect(healthyFrom?.falseAlarmShare).toBeLessThanOrEqual(0.3);
    expect(criticalBelow?.threshold).toBeLessThanOrEqual(healthyFrom?.threshold as number);
    const churned = cases.filter((one) => one.isChurned).length;
    for (let line = 0; line <= 100; line += 0.5) {
      const flagged = cases.filter((one) => (one.score as number) < line);
      const found = flagged.filter((one) => one.isChurned).length;
      if (flagged.length < 10 || 1 - found / flagged.length > 0.3) continue;
      expect(healthyFrom?.recall).toBeGreaterThanOrEqual(found / churned);
    }
    expect(curve.length).toBe(299);
  });

  it("says when no line is good enough, and when there are too few outcomes", () => {
    const turned = lawfulCases(200, "turned").map((one) => ({
      ...one,
      score: 100 - (one.score as number),
    }));
    expect(suggestThresholds(turned, 0.05).status).toBe("not-reachable");
    expect(suggestThresholds([], 0.3).status).toBe("too-few-outcomes");
    expect(() => suggestThresholds([], 1)).toThrow(RangeError);
  });
});
