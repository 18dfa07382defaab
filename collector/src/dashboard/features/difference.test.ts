import { describe, expect, it } from "vitest";
import type { FeatureRow } from "../summaries/adoption-queries.ts";
import { toHealthDifference } from "./difference.ts";

const row = (rest: Partial<FeatureRow>): FeatureRow => ({
  feature: "export",
  explored: 40,
  adopted: 20,
  habitual: 5,
  left: 2,
  adopters: 20,
  adopterMean: 80,
  adopterVariance: 100,
  others: 25,
  otherMean: 60,
  otherVariance: 225,
  ...rest,
});

describe("toHealthDifference", () => {
  it("gives Welch's interval", () => {
    // sqrt(100 / 20 + 225 / 25) = sqrt(14) = 3.7417
    const difference = toHealthDifference(row({}));
    expect(difference?.value).toBe(20);
    expect(difference?.low).toBeCloseTo(20 - 1.96 * 3.7417, 3);
    expect(difference?.high).toBeCloseTo(20 + 1.96 * 3.7417, 3);
  });

  it("says nothing under ten of either kind", () => {
    expect(toHealthDifference(row({ adopters: 9 }))).toBeNull();
    expect(toHealthDifference(row({ others: 9 }))).toBeNull();
  });
});
