import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { differenceOf, estimateMean, estimateNps, estimateShare } from "./intervals.ts";

describe("estimateShare", () => {
  it("gives Wilson's interval", () => {
    // R: prop.test(8, 10, correct = FALSE)$conf.int
    const { value, low, high } = estimateShare(8, 10);
    expect(value).toBe(80);
    expect(low).toBeCloseTo(49.0162, 3);
    expect(high).toBeCloseTo(94.3318, 3);
  });
});

describe("estimateNps", () => {
  it("holds the score, and is wide for few answers", () => {
    const few = estimateNps(6, 2, 10);
    const many = estimateNps(600, 200, 1_000);
    expect(few.value).toBe(40);
    expect(many.value).toBe(40);
    expect(many.high - many.low).toBeCloseTo(2 * 1.96 * 100 * Math.sqrt((0.8 - 0.16) / 1_000), 0);
    expect(few.high - few.low).toBeGreaterThan(80);
  });

  it("covers the true score about 95 times in 100", () => {
    // The exact chance, summed over every outcome of 12 answers.
    const [up, down, n] = [0.5, 0.2, 12];
    const logFactorial = Array.from({ length: n + 1 }, () => 0);
    for (let k = 2; k <= n; k += 1) logFactorial[k] = logFactorial[k - 1]! + Math.log(k);
    let covered = 0;
    for (let p = 0; p <= n; p += 1) {
      for (let d = 0; p + d <= n; d += 1) {
        const rest = n - p - d;
        const ways = logFactorial[n]! - logFactorial[p]! - logFactorial[d]! - logFactorial[rest]!;
        const chance = Math.exp(ways) * up ** p * down ** d * (1 - up - down) ** rest;
        const { low, high } = estimateNps(p, d, n);
        if (low <= 30 && 30 <= high) covered += chance;
      }
    }
    expect(covered).toBeGreaterThan(0.93);
    expect(covered).toBeLessThan(0.98);
  });
});

describe("estimateMean", () => {
  it("gives Student's interval", () => {
    const counts = new Map([
      [4, 1],
      [5, 2],
      [6, 1],
      [7, 1],
    ]);
    const { value, low, high } = estimateMean(counts, [1, 7]);
    expect(value).toBe(5.4);
    // mean 5.4, sd 1.140175, t(4) 2.776445
    expect(low).toBeCloseTo(5.4 - (2.776445 * 1.140175) / Math.sqrt(5), 2);
    expect(high).toBeCloseTo(5.4 + (2.776445 * 1.140175) / Math.sqrt(5), 2);
  });

  it("says nothing of the spread from one answer, and little from two that agree", () => {
    expect(estimateMean(new Map([[5, 1]]), [1, 7])).toMatchObject({ low: 1, high: 7 });
    const two = estimateMean(new Map([[5, 2]]), [1, 7]);
    expect(two.low).toBeLessThan(4);
    expect(two.high).toBeGreaterThan(6);
  });

  it("keeps its value inside its interval, and both on the scale", () => {
    const marks = fc.array(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(marks, (given) => {
        const counts = new Map<number, number>();
        for (const mark of given) counts.set(mark, (counts.get(mark) ?? 0) + 1);
        const { value, low, high } = estimateMean(counts, [1, 7]);
        expect(low).toBeGreaterThanOrEqual(1);
        expect(high).toBeLessThanOrEqual(7);
        expect(low).toBeLessThanOrEqual(value + 1e-9);
        expect(high).toBeGreaterThanOrEqual(value - 1e-9);
      }),
    );
  });
});

describe("differenceOf", () => {
  it("gives Newcombe's interval of two shares", () => {
    // Newcombe 1998, table II, method 10: 56/70 − 48/80 → 0.0524 to 0.3339
    const { value, low, high } = differenceOf(estimateShare(56, 70), estimateShare(48, 80));
    expect(value).toBeCloseTo(20, 9);
    expect(low).toBeCloseTo(5.24, 1);
    expect(high).toBeCloseTo(33.39, 1);
  });
});
