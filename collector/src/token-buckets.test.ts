import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createTokenBuckets } from "./token-buckets.ts";

const rate = { perSecond: 2, burst: 3 };

describe("createTokenBuckets", () => {
  it("gives the burst at once, then waits, then refills by time", () => {
    let now = 0;
    const buckets = createTokenBuckets(10, () => now);
    expect([1, 2, 3, 4].map(() => buckets.take("a", rate))).toEqual([0, 0, 0, 1]);
    expect(buckets.take("b", rate)).toBe(0);
    now = 500;
    expect(buckets.wait("a", rate)).toBe(0);
    expect([1, 2].map(() => buckets.take("a", rate))).toEqual([0, 1]);
    now = 1_000_000;
    expect([1, 2, 3, 4].map(() => buckets.take("a", rate))).toEqual([0, 0, 0, 1]);
  });

  it("tells how long a slow bucket takes", () => {
    const buckets = createTokenBuckets(10, () => 0);
    const slow = { perSecond: 1 / 60, burst: 1 };
    expect([buckets.take("a", slow), buckets.take("a", slow)]).toEqual([0, 60]);
  });

  it("never gives more than burst and rate allow", () => {
    fc.assert(
      fc.property(fc.array(fc.nat(400), { maxLength: 200 }), (steps) => {
        let now = 0;
        const buckets = createTokenBuckets(10, () => now);
        let given = 0;
        for (const step of steps) {
          now += step;
          if (buckets.take("a", rate) === 0) given += 1;
        }
        expect(given).toBeLessThanOrEqual(rate.burst + (now / 1_000) * rate.perSecond);
      }),
    );
  });

  it("forgets the longest unused key when there are too many", () => {
    const buckets = createTokenBuckets(2, () => 0);
    const once = { perSecond: 1, burst: 1 };
    for (const key of ["a", "b", "a", "c"]) buckets.take(key, once);
    expect(buckets.take("a", once)).toBeGreaterThan(0);
    expect(buckets.take("b", once)).toBe(0);
  });
});
