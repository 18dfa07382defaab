import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fitIsotonic, isotonicValue } from "./isotonic.ts";

describe("fitIsotonic", () => {
  it("agrees with scipy.optimize.isotonic_regression", () => {
    const ys = [1, 0, 0, 1, 0, 1, 1, 0, 1, 1];
    const steps = fitIsotonic(ys.map((y, x) => ({ x, y })));
    const fitted = ys.map((_, x) => isotonicValue(steps, x));
    const expected = [1 / 3, 1 / 3, 1 / 3, 0.5, 0.5, 2 / 3, 2 / 3, 2 / 3, 1, 1];
    fitted.forEach((value, i) => {
      expect(value).toBeCloseTo(expected[i] as number, 12);
    });
  });

  it("never falls, and keeps the mean", () => {
    const points = fc.array(
      fc.record({ x: fc.integer({ min: 0, max: 9 }), y: fc.integer({ min: 0, max: 9 }) }),
      {
        minLength: 1,
      },
    );
    fc.assert(
      fc.property(points, (list) => {
        const steps = fitIsotonic(list);
        steps.forEach((step, i) => {
          if (i > 0) expect(step.value).toBeGreaterThan(steps[i - 1]?.value as number);
        });
        const total = steps.reduce((sum, step) => sum + step.value * step.n, 0);
        expect(total).toBeCloseTo(
          list.reduce((sum, { y }) => sum + y, 0),
          8,
        );
      }),
    );
  });

  it("is flat outside of what was seen", () => {
    const steps = fitIsotonic([
      { x: 0, y: 0 },
      { x: 10, y: 1 },
    ]);
    expect([-5, 0, 5, 10, 50].map((x) => isotonicValue(steps, x))).toEqual([0, 0, 0.5, 1, 1]);
    expect(() => isotonicValue([], 1)).toThrow(RangeError);
  });
});
