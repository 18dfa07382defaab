import { describe, expect, it } from "vitest";
import { normalProbability, normalQuantile } from "./normal.ts";

describe("normalProbability", () => {
  it.each([
    [-6, 9.865876450376946e-10],
    [-9, 1.1285884059538405e-19],
    [-2.5, 0.006209665325776132],
    [-1, 0.15865525393145707],
    [0, 0.5],
    [0.3, 0.6179114221889526],
    [1.96, 0.9750021048517795],
    [4, 0.9999683287581669],
  ])("of %s is %s, as scipy.stats.norm.cdf", (z, expected) => {
    expect(Math.abs(normalProbability(z) - expected)).toBeLessThan(1e-15);
  });

  it("goes from 0 to 1, and refuses NaN", () => {
    expect(normalProbability(Number.NEGATIVE_INFINITY)).toBe(0);
    expect(normalProbability(Number.POSITIVE_INFINITY)).toBe(1);
    expect(() => normalProbability(Number.NaN)).toThrow(RangeError);
  });
});

describe("normalQuantile", () => {
  it.each([
    [1e-6, -4.753424308822899],
    [0.025, -1.9599639845400545],
    [0.3, -0.5244005127080409],
    [0.9, 1.2815515655446004],
  ])("of %s is %s, as scipy.stats.norm.ppf", (p, expected) => {
    expect(normalQuantile(p)).toBeCloseTo(expected, 9);
  });

  it("refuses certainty", () => {
    expect(() => normalQuantile(0)).toThrow(RangeError);
    expect(() => normalQuantile(1)).toThrow(RangeError);
  });
});
