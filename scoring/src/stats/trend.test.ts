import { describe, expect, it } from "vitest";
import { weightedTrend } from "./trend.ts";

describe("weightedTrend", () => {
  it("agrees with weighted least squares by linear algebra, as R's lm", () => {
    const trend = weightedTrend([
      { x: 0, y: 80, weight: 0.2 },
      { x: 1, y: 70, weight: 0.4 },
      { x: 2, y: 75, weight: 0.6 },
      { x: 3, y: 60, weight: 0.8 },
      { x: 5, y: 40, weight: 1 },
    ]);
    expect(trend?.slope).toBeCloseTo(-8.625, 10);
    expect(trend?.standardError).toBeCloseTo(1.5394127668259314, 10);
  });

  it("has no error to tell with two points, and no slope at one x", () => {
    expect(
      weightedTrend([
        { x: 0, y: 1, weight: 1 },
        { x: 2, y: 5, weight: 3 },
      ]),
    ).toEqual({
      slope: 2,
      standardError: null,
    });
    expect(
      weightedTrend([
        { x: 1, y: 1, weight: 1 },
        { x: 1, y: 2, weight: 1 },
      ]),
    ).toBeNull();
    expect(weightedTrend([])).toBeNull();
  });

  it("has no slope at one x, whatever the weights make of its mean", () => {
    for (const x of [0.1, 1 / 3, -7.7, 1e6 + 0.3]) {
      const points = [0.3, 0.6, 0.7].map((weight, i) => ({ x, y: 10 * i, weight }));
      expect(weightedTrend(points), `${x}`).toBeNull();
    }
  });
});
