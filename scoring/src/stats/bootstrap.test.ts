import { describe, expect, it } from "vitest";
import { bootstrapInterval } from "./bootstrap.ts";
import { mean } from "./moments.ts";
import { createRandom } from "./random.ts";

describe("bootstrapInterval", () => {
  it("covers a known mean about as often as it says", () => {
    let covered = 0;
    for (let trial = 0; trial < 100; trial++) {
      const random = createRandom(`trial ${trial}`);
      const rows = Array.from({ length: 60 }, () => 5 + random.normal());
      const interval = bootstrapInterval(rows, mean as (sample: readonly number[]) => number, {
        seed: `${trial}`,
        replicates: 300,
      });
      if (interval && interval[0] <= 5 && interval[1] >= 5) covered++;
    }
    expect(covered).toBeGreaterThanOrEqual(87);
  });

  it("is the same for the same seed", () => {
    const rows = [1, 5, 2, 8, 3];
    const draw = (seed: string) => bootstrapInterval(rows, (sample) => mean([...sample]), { seed });
    expect(draw("a")).toEqual(draw("a"));
    expect(draw("a")).not.toEqual(draw("b"));
  });

  it("does not exist where no sample differs: that a few are alike is no proof that all are", () => {
    const meanOf = (sample: readonly number[]) => mean([...sample]);
    expect(bootstrapInterval([4, 4, 4, 4], meanOf, { seed: "a" })).toBeNull();
    expect(bootstrapInterval([4, 4, 4, 5], meanOf, { seed: "a" })).not.toBeNull();
  });

  it("exists where half of the samples have the statistic, not where four in ten do", () => {
    const rows = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];
    const among = (...needed: number[]) =>
      bootstrapInterval(
        rows,
        (sample) => (needed.every((row) => sample.includes(row)) ? mean([...sample]) : null),
        { seed: "half" },
      );
    // A sample has a given row in 65 of 100 cases, two given rows in 40.
    expect(among(1)).not.toBeNull();
    expect(among(1, 2)).toBeNull();
  });

  it("does not exist where the statistic mostly does not", () => {
    expect(bootstrapInterval([1, 2], () => null, { seed: "a" })).toBeNull();
    expect(bootstrapInterval([], () => 1, { seed: "a" })).toBeNull();
  });
});
