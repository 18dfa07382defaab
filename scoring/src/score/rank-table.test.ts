import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { midRankShare, sorted } from "../stats/quantile.ts";
import { createRankTable, rankAmong } from "./rank-table.ts";

describe("rankAmong", () => {
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
          const table = createRankTable(ascending);
          for (const one of [...values, ...points]) {
            expect(rankAmong(table, one)).toBe(100 * midRankShare(ascending, one));
          }
        },
      ),
      { numRuns: 300 },
    );
  });
});
