import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { mean, medianAbsoluteDeviation, standardDeviation } from "./moments.ts";
import { midRankQuantile, midRankShare, quantile, sorted } from "./quantile.ts";

const SET = sorted([475, 89, 101, 7, 3, 21, 2, 149, 223, 1, 13, 9, 37]);

describe("quantile", () => {
  it.each([
    [0.1, 2.2],
    [0.25, 7],
    [0.5, 21],
    [0.75, 101],
    [0.9, 208.2],
  ])("has %s of the set at %s, as numpy.quantile", (p, expected) => {
    expect(quantile(SET, p)).toBeCloseTo(expected, 10);
  });

  it("is the only value of one", () => {
    expect([0, 0.5, 1].map((p) => quantile([4], p))).toEqual([4, 4, 4]);
  });

  it("refuses nothing at all, and probabilities out of range", () => {
    expect(() => quantile([], 0.5)).toThrow(RangeError);
    expect(() => quantile([1], 1.1)).toThrow(RangeError);
    expect(() => sorted([1, Number.NaN])).toThrow(RangeError);
  });
});

describe("midRankQuantile", () => {
  it.each([
    [0.1, 1.8],
    [0.25, 6],
    [0.75, 113],
    [0.9, 273.4],
  ])('has %s of the set at %s, as numpy.quantile(method="hazen")', (p, expected) => {
    expect(midRankQuantile(SET, p)).toBeCloseTo(expected, 10);
  });
});

describe("midRankShare", () => {
  it("counts those below, and half of the equals", () => {
    expect(midRankShare([1, 2, 2, 3], 1)).toBe(0.125);
    expect(midRankShare([1, 2, 2, 3], 2)).toBe(0.5);
    expect(midRankShare([1, 2, 2, 3], 9)).toBe(1);
    expect(midRankShare([1, 2, 2, 3], -1)).toBe(0);
  });

  it("undoes midRankQuantile between the first and the last value", () => {
    const distinct = fc.uniqueArray(fc.integer({ min: -1000, max: 1000 }), {
      minLength: 2,
      maxLength: 30,
    });
    fc.assert(
      fc.property(distinct, fc.double({ min: 0, max: 1, noNaN: true }), (values, t) => {
        const ascending = sorted(values);
        const n = ascending.length;
        const p = 0.5 / n + t * (1 - 1 / n);
        expect(midRankShare(ascending, midRankQuantile(ascending, p))).toBeCloseTo(p, 6);
      }),
    );
  });

  it("refuses NaN", () => {
    expect(() => midRankShare([1], Number.NaN)).toThrow(RangeError);
    expect(() => midRankShare([], 1)).toThrow(RangeError);
  });
});

describe("moments", () => {
  it("agree with NumPy and SciPy", () => {
    expect(mean(SET)).toBeCloseTo(86.92307692307692, 10);
    expect(standardDeviation(SET)).toBeCloseTo(135.2703845011055, 10); // numpy.std(ddof=1)
    expect(medianAbsoluteDeviation(SET)).toBe(19); // scipy.stats.median_abs_deviation
  });

  it("of equal values are that value, and no spread, to the bit", () => {
    for (const [value, count] of [
      [0.1, 3],
      [66.6, 7],
      [-1.1, 10],
      [1e-320, 3],
    ] as const) {
      const same = Array(count).fill(value);
      expect([mean(same), standardDeviation(same), medianAbsoluteDeviation(same)]).toEqual([
        value,
        0,
        0,
      ]);
    }
  });

  it("have no spread for one value, and no mean for none", () => {
    expect(standardDeviation([3])).toBe(0);
    expect(() => mean([])).toThrow(RangeError);
  });
});
