import { describe, expect, it } from "vitest";
import { benjaminiHochberg, permutationProbability } from "./multiple-testing.ts";

describe("benjaminiHochberg", () => {
  it("agrees with scipy.stats.false_discovery_control", () => {
    const adjusted = benjaminiHochberg([0.01, 0.04, 0.03, 0.005, 0.5, 0.2]);
    [0.03, 0.06, 0.06, 0.03, 0.5, 0.24].forEach((expected, i) => {
      expect(adjusted[i]).toBeCloseTo(expected, 12);
    });
  });

  it("has nothing to adjust in nothing, and refuses what is no probability", () => {
    expect(benjaminiHochberg([])).toEqual([]);
    expect(() => benjaminiHochberg([1.2])).toThrow(RangeError);
  });
});

describe("permutationProbability", () => {
  it("comes near the exact 2 in 70 of two separate groups of four", () => {
    // scipy.stats.permutation_test, exact: 0.02857
    const p = permutationProbability([1, 2, 3, 4], [5, 6, 7, 9], {
      seed: "exact",
      permutations: 20_000,
    });
    expect(Math.abs(p - 2 / 70)).toBeLessThan(0.005);
  });

  it("does not take a rounding error for a smaller difference", () => {
    // Two accounts can be shuffled two ways, both as far apart.
    expect(permutationProbability([14814.904], [1101.54], { seed: "same" })).toBe(1);
  });

  it("is certain of nothing where nothing differs", () => {
    expect(permutationProbability([1, 1], [1, 1], { seed: "same" })).toBe(1);
    expect(() => permutationProbability([], [1], { seed: "none" })).toThrow(RangeError);
  });
});
