import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { evaluationCase, lawfulCases, tiedCases } from "../testing/cases.ts";
import { suggestThresholds } from "./suggest-thresholds.ts";

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

  it("is what trying every line by counting finds, also between scores a rounding error apart", () => {
    const score = fc
      .tuple(fc.integer({ min: 0, max: 12 }), fc.nat(2))
      .map(([whole, steps]) => whole + 1 + steps * Number.EPSILON);
    const row = fc.record({ score, isChurned: fc.boolean() });
    const budget = fc.double({ min: 0.05, max: 0.95, noNaN: true });
    fc.assert(
      fc.property(fc.array(row, { minLength: 24, maxLength: 50 }), budget, (given, share) => {
        const found = suggestThresholds(given.map(evaluationCase), share);
        const churned = given.filter(({ isChurned }) => isChurned).length;
        fc.pre(Math.min(churned, given.length - churned) >= 10);
        const below = (line: number) => {
          const flagged = given.filter((one) => one.score < line);
          const lost = flagged.filter(({ isChurned }) => isChurned).length;
          const falseAlarmShare = 1 - lost / flagged.length;
          return { flagged: flagged.length, recall: lost / churned, falseAlarmShare };
        };
        for (const { threshold, ...point } of found.curve) expect(below(threshold)).toEqual(point);
        // A line at a score flags what is below it; there is no other way to part the scores.
        const scores = [...new Set(given.map((one) => one.score))].sort((a, b) => a - b);
        const lines = scores.slice(1).map(below);
        expect(found.curve.map(({ threshold: _, ...point }) => point)).toEqual(lines);
        const most = (least: number) =>
          Math.max(
            -1,
            ...lines
              .filter((line) => line.flagged >= 10 && line.falseAlarmShare <= least)
              .map(({ recall }) => recall),
          );
        expect(found.healthyFrom?.recall ?? -1).toBe(most(share));
        expect(found.criticalBelow?.recall ?? -1).toBe(most(share / 2));
        expect(found.status).toBe(found.healthyFrom ? "ok" : "not-reachable");
      }),
    );
  });

  it("agrees with scikit-learn's curve of precision and recall", () => {
    const { curve } = suggestThresholds(tiedCases(), 0.5);
    // sklearn.metrics.precision_recall_curve(y, -x) without its last line, which flags everybody
    const precision = [
      1.0, 0.5, 0.666666666667, 0.75, 0.8, 0.666666666667, 0.714285714286, 0.666666666667, 0.7,
      0.636363636364, 0.666666666667, 0.615384615385, 0.6, 0.625, 0.588235294118, 0.611111111111,
      0.578947368421, 0.6, 0.571428571429, 0.545454545455, 0.521739130435, 0.5, 0.48,
    ];
    const recall = [
      0.083333333333, 0.083333333333, 0.166666666667, 0.25, 0.333333333333, 0.333333333333,
      0.416666666667, 0.5, 0.583333333333, 0.583333333333, 0.666666666667, 0.666666666667, 0.75,
      0.833333333333, 0.833333333333, 0.916666666667, 0.916666666667, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0,
    ];
    expect(curve).toHaveLength(precision.length);
    for (const [i, point] of curve.entries()) {
      expect(1 - point.falseAlarmShare).toBeCloseTo(precision[i] as number, 10);
      expect(point.recall).toBeCloseTo(recall[i] as number, 10);
    }
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
