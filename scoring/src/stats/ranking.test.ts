import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { correlation, rankCorrelation } from "./correlation.ts";
import { areaUnderCurve, averagePrecision, midRanks } from "./ranking.ts";

const A = [3, 1, 4, 1, 5, 9, 2, 6, 5, 3];
const B = [2, 7, 1, 8, 2, 8, 1, 8, 2, 8];
const LABELS = [0, 0, 1, 1, 0, 1, 0, 1, 1, 0];
const rows = (values: number[], labels: number[]) =>
  values.map((value, i) => ({ value, isPositive: labels[i] === 1 }));

describe("areaUnderCurve", () => {
  it("agrees with scikit-learn's example, 0.75", () => {
    expect(areaUnderCurve(rows([0.1, 0.4, 0.35, 0.8], [0, 0, 1, 1]))).toBe(0.75);
  });

  it("agrees with scipy.stats.mannwhitneyu where values are equal", () => {
    expect(areaUnderCurve(rows(A, LABELS))).toBeCloseTo(0.76, 12);
  });

  it("is the share of pairs in order, equals half, by brute force", () => {
    const cases = fc.array(
      fc.record({ value: fc.integer({ min: 0, max: 5 }), isPositive: fc.boolean() }),
    );
    fc.assert(
      fc.property(cases, (list) => {
        const positives = list.filter((row) => row.isPositive);
        const negatives = list.filter((row) => !row.isPositive);
        let wins = 0;
        for (const a of positives) {
          for (const b of negatives) wins += a.value > b.value ? 1 : a.value === b.value ? 0.5 : 0;
        }
        const area = areaUnderCurve(list);
        if (positives.length * negatives.length === 0) expect(area).toBeNull();
        else expect(area).toBeCloseTo(wins / positives.length / negatives.length, 10);
      }),
    );
  });
});

describe("averagePrecision", () => {
  it("agrees with scikit-learn's example, 0.83", () => {
    expect(averagePrecision(rows([0.1, 0.4, 0.35, 0.8], [0, 0, 1, 1]))).toBeCloseTo(5 / 6, 12);
  });

  it("is the share of positives when nothing is told apart", () => {
    expect(averagePrecision(rows([1, 1, 1, 1], [1, 0, 0, 0]))).toBe(0.25);
    expect(averagePrecision(rows([1, 2], [0, 0]))).toBeNull();
  });
});

describe("correlation", () => {
  it("agrees with SciPy", () => {
    expect(correlation(A, B)).toBeCloseTo(0.10492284287735881, 12); // scipy.stats.pearsonr
    expect(rankCorrelation(A, B)).toBeCloseTo(0.13471506281091267, 12); // scipy.stats.spearmanr
    expect(correlation(A, LABELS)).toBeCloseTo(0.46946855975395196, 12); // pointbiserialr
  });

  it("is nothing without spread or pairs", () => {
    expect(correlation([1, 1], [1, 2])).toBeNull();
    expect(rankCorrelation([], [])).toBeNull();
    expect(() => correlation([1], [])).toThrow(RangeError);
  });
});

describe("midRanks", () => {
  it("shares ranks among equals, and refuses NaN", () => {
    expect(midRanks([10, 20, 10, 5])).toEqual([2.5, 4, 2.5, 1]);
    expect(() => midRanks([Number.NaN])).toThrow(RangeError);
  });
});
