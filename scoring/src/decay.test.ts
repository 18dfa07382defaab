import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decayedTotal, decayWeight } from "./decay.ts";
import { MS_PER_DAY } from "./facts.ts";

describe("decayWeight", () => {
  it.each([
    [0, 1],
    [7, Math.SQRT1_2],
    [14, 0.5],
    [28, 0.25],
  ])("at %s days with a half-life of 14 is %s", (age, expected) => {
    expect(decayWeight(age, 14)).toBeCloseTo(expected, 12);
  });

  it("never grows with age", () => {
    const age = fc.double({ min: 0, max: 1e4, noNaN: true });
    fc.assert(
      fc.property(age, age, (a, b) => {
        expect(decayWeight(Math.max(a, b), 30)).toBeLessThanOrEqual(
          decayWeight(Math.min(a, b), 30),
        );
      }),
    );
  });

  it("is 1 without decay, and refuses ages and half-lives out of range", () => {
    expect(decayWeight(99, null)).toBe(1);
    for (const age of [-1, Number.NaN]) expect(() => decayWeight(age, 7)).toThrow(RangeError);
    for (const half of [0, Number.POSITIVE_INFINITY])
      expect(() => decayWeight(1, half)).toThrow(RangeError);
  });
});

describe("decayedTotal", () => {
  it("sums values and weights", () => {
    const now = 100 * MS_PER_DAY;
    const total = decayedTotal(
      [
        { at: now, value: 8 },
        { at: now - 7 * MS_PER_DAY, value: 4 },
      ],
      now,
      7,
    );
    expect(total).toEqual({ sum: 10, weight: 1.5 });
    expect(decayedTotal([], now, 7)).toEqual({ sum: 0, weight: 0 });
    expect(() => decayedTotal([{ at: now + 1, value: 1 }], now, 7)).toThrow(RangeError);
  });
});
