import { describe, expect, it } from "vitest";
import { rollUp } from "./roll-up.ts";

describe("rollUp", () => {
  it("weighs children by value, and tells the worst", () => {
    const rolled = rollUp([
      { score: 80, tier: "healthy", value: 3 },
      { score: 20, tier: "critical", value: 1 },
      { score: null, tier: "unknown", value: 4 },
    ]);
    expect(rolled).toEqual({
      score: 65,
      coverage: 0.5,
      tiers: { healthy: 0.375, at_risk: 0, critical: 0.125, unknown: 0.5 },
      worst: "critical",
    });
  });

  it("knows nothing of nobody, and refuses values below 0", () => {
    expect(rollUp([])).toMatchObject({ score: null, coverage: 0, worst: "unknown" });
    expect(() => rollUp([{ score: 1, tier: "critical", value: -1 }])).toThrow(RangeError);
  });
});
