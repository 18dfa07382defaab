import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DAY, range, usageAt } from "../testing/spec.ts";
import { cutSpikes, findSpikes } from "./spikes.ts";

describe("spikes", () => {
  const steady = usageAt(range(1, 40), { count: 10 });

  it("cuts a day that stands out to what still looks usual, and keeps its rows", () => {
    const usage = [
      ...steady,
      ...usageAt([0], { count: 300 }),
      ...usageAt([0], { count: 100, userId: "bob" }),
    ];
    expect(findSpikes(usage)).toEqual([{ day: DAY, uses: 400, limit: 22.5 }]);
    const cut = cutSpikes(usage).filter((row) => row.day === DAY);
    expect(cut.map((row) => row.count)).toEqual([(300 * 22.5) / 400, (100 * 22.5) / 400]);
  });

  it("finds nothing where nothing is usual yet, and leaves a steady account as it is", () => {
    expect(
      findSpikes([...usageAt(range(1, 13), { count: 1 }), ...usageAt([0], { count: 500 })]),
    ).toEqual([]);
    expect(cutSpikes(steady)).toBe(steady);
  });

  it("never adds to a day, and never takes from one below twice the mean", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 60 }), { maxLength: 60 }), (counts) => {
        const usage = counts.flatMap((count, age) => usageAt([age], { count }));
        const cut = cutSpikes(usage).map((row) => row.count);
        cut.forEach((count, age) => {
          const before = counts.slice(age + 1, age + 29).reduce((sum, uses) => sum + uses, 0);
          expect(count).toBeLessThanOrEqual(counts[age] as number);
          if (count < (counts[age] as number)) {
            expect(count).toBeGreaterThanOrEqual((2 * before) / 28 - 1e-9);
          }
        });
      }),
    );
  });
});
