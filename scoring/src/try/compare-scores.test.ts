import { describe, expect, it } from "vitest";
import { compareScores } from "./compare-scores.ts";

describe("compareScores", () => {
  it("counts moves between tiers, and leaves out who is on one side only", () => {
    const found = compareScores(
      [
        { accountId: "b", score: 80, tier: "healthy" },
        { accountId: "a", score: 30, tier: "critical" },
        { accountId: "x", score: 30, tier: "critical" },
      ],
      [
        { accountId: "a", score: 50, tier: "at_risk" },
        { accountId: "b", score: null, tier: "unknown" },
      ],
    );
    expect(found.accounts).toBe(2);
    expect(found.matrix.critical.at_risk).toBe(1);
    expect(found.moves).toEqual([
      { accountId: "a", from: "critical", to: "at_risk", change: 20 },
      { accountId: "b", from: "healthy", to: "unknown", change: null },
    ]);
    expect(found.meanMove).toBe(20);
    expect(compareScores([], []).meanMove).toBeNull();
  });
});
