import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { midRankShare, sorted } from "../stats/quantile.ts";
import { createRankScale } from "./rank-scale.ts";

describe("createRankScale", () => {
  it("has the same bits as the search it replaces, among any points", () => {
    const value = fc.oneof(
      fc.integer({ min: -5, max: 5 }),
      fc.double({ min: -1e3, max: 1e3, noNaN: true }),
      fc.double({ noNaN: true, noDefaultInfinity: true }),
    );
    fc.assert(
      fc.property(
        fc.array(value, { minLength: 1, maxLength: 101 }),
        fc.array(value),
        (points, values) => {
          const ascending = sorted(points);
          const scale = createRankScale(ascending);
          for (const one of [...values, ...points]) {
            expect(scale(one)).toBe(100 * midRankShare(ascending, one));
          }
        },
      ),
      { numRuns: 300 },
    );
  });
});
