import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fitLogistic, logisticProbability } from "./logistic.ts";

const HOURS = [
  0.5, 0.75, 1, 1.25, 1.5, 1.75, 1.75, 2, 2.25, 2.5, 2.75, 3, 3.25, 3.5, 4, 4.25, 4.5, 4.75, 5, 5.5,
];
const PASSED = [0, 0, 0, 0, 0, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 1, 1, 1, 1, 1].map(Boolean);

const STEPS = Array.from({ length: 40 }, (_, i) => i);
const THREE = STEPS.map((i) => [Math.sin(i), Math.cos(2 * i), (i % 7) / 7]);
const ABOVE = STEPS.map((i) => Math.sin(i) + 0.3 * Math.cos(3 * i) - 0.2 * Math.cos(2 * i) > 0);

describe("fitLogistic", () => {
  it("finds the published fit of hours of study and passing, −4.0777 and 1.5046", () => {
    const fit = fitLogistic({
      rows: HOURS.map((hour) => [hour]),
      labels: PASSED,
      penalty: 0,
      weights: "any",
    });
    // https://en.wikipedia.org/wiki/Logistic_regression and scipy.optimize.minimize
    expect(fit?.intercept).toBeCloseTo(-4.07771, 4);
    expect(fit?.weights[0]).toBeCloseTo(1.50465, 4);
    expect(fit && logisticProbability(fit, [2])).toBeCloseTo(0.2557, 3);
  });

  it("is the log odds ratio for one yes-or-no feature", () => {
    const counts = [
      [1, true, 30],
      [1, false, 10],
      [0, true, 20],
      [0, false, 40],
    ] as const;
    const cases = counts.flatMap(([x, label, n]) =>
      Array.from({ length: n }, () => ({ x, label })),
    );
    const fit = fitLogistic({
      rows: cases.map(({ x }) => [x]),
      labels: cases.map(({ label }) => label),
      penalty: 0,
      weights: "any",
    });
    expect(fit?.weights[0]).toBeCloseTo(Math.log((30 * 40) / (10 * 20)), 6);
    expect(fit?.intercept).toBeCloseTo(Math.log(20 / 40), 6);
  });

  it.each([
    // scipy.optimize.minimize (BFGS, L-BFGS-B with bounds) of the same penalised loss
    ["any", 0.1, [1.44958539, -0.16669193, 0.10151299]],
    ["non-negative", 0.1, [1.45677657, 0, 0.10275046]],
    ["any", 0.01, [3.17807701, -0.34152198, 0.25863779]],
    ["non-negative", 0.01, [3.22312257, 0, 0.25895999]],
  ] as const)(
    "with %s weights and penalty %s has the optimum of SciPy",
    (weights, penalty, expected) => {
      const fit = fitLogistic({ rows: THREE, labels: ABOVE, penalty, weights });
      expect(fit?.hasConverged).toBe(true);
      expected.forEach((value, i) => {
        expect(fit?.standardisedWeights[i]).toBeCloseTo(value, 4);
      });
    },
  );

  it("needs both labels", () => {
    const given = { rows: [[1], [2]], penalty: 0, weights: "any" as const };
    expect(fitLogistic({ ...given, labels: [true, true] })).toBeNull();
    expect(fitLogistic({ rows: [], labels: [], penalty: 0, weights: "any" })).toBeNull();
  });

  it("refuses what is no number, and lists that do not fit together", () => {
    const given = { labels: [true, false], penalty: 0, weights: "any" as const };
    expect(() => fitLogistic({ ...given, rows: [[1], [Number.NaN]] })).toThrow(RangeError);
    expect(() => fitLogistic({ ...given, rows: [[1]] })).toThrow(RangeError);
    expect(() => fitLogistic({ ...given, rows: [[1], [2]], penalty: -1 })).toThrow(RangeError);
  });

  it("keeps a constant feature, a copy and a perfect split finite", () => {
    const fit = fitLogistic({
      rows: HOURS.map((hour) => [hour, hour, 7]),
      labels: HOURS.map((hour) => hour > 2),
      penalty: 0.01,
      weights: "any",
    });
    expect(fit?.weights.every(Number.isFinite)).toBe(true);
    expect(fit?.weights[0]).toBeCloseTo(fit?.weights[1] as number, 6);
    expect(fit?.weights[2]).toBeCloseTo(0, 9);
  });

  it("never has a weight below 0 when asked for none", () => {
    const row = fc.record({
      features: fc.array(fc.double({ min: -5, max: 5, noNaN: true }), {
        minLength: 3,
        maxLength: 3,
      }),
      label: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(row, { minLength: 8, maxLength: 30 }), (cases) => {
        const fit = fitLogistic({
          rows: cases.map((one) => one.features),
          labels: cases.map((one) => one.label),
          penalty: 0.05,
          weights: "non-negative",
        });
        for (const weight of fit?.weights ?? []) expect(weight).toBeGreaterThanOrEqual(0);
      }),
      { numRuns: 40 },
    );
  });
});
