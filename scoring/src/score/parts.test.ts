import { describe, expect, it } from "vitest";
import { DEFAULT_MODEL } from "../model/default-model.ts";
import type { ProfileSpec, ScoringModel } from "../model/model.ts";
import { applyProfile, findProfile } from "./profile.ts";
import { rollUp } from "./roll-up.ts";
import { toPlain, toQuantity, toSigned } from "./sentence.ts";

const profile = (key: string, precedence: number, when: ProfileSpec["when"]): ProfileSpec => ({
  key,
  label: key,
  precedence,
  when,
});

describe("findProfile", () => {
  const model: ScoringModel = {
    ...DEFAULT_MODEL,
    profiles: [
      profile("young", 10, { maxAgeDays: 90 }),
      profile("big", 20, { segment: "enterprise" }),
      profile("old-big", 30, { segment: "enterprise", minAgeDays: 365 }),
    ],
  };

  it.each([
    [["enterprise"], 30, "big"],
    [["starter"], 30, "young"],
    [["starter"], 90, "young"],
    [["enterprise"], 365, "old-big"],
    [["starter", "enterprise"], 400, "old-big"],
    [["starter"], 400, null],
  ])("for %j at %s days is %s", (segments, ageDays, expected) => {
    expect(findProfile(model, { segments, ageDays })?.key ?? null).toBe(expected);
  });

  it("does not depend on the order in which profiles were written", () => {
    const turned = { ...model, profiles: [...model.profiles].reverse() };
    expect(findProfile(turned, { segments: ["enterprise"], ageDays: 30 })?.key).toBe("big");
  });
});

describe("applyProfile", () => {
  it("inherits what it does not name, and shares weights out again", () => {
    const applied = applyProfile(DEFAULT_MODEL, {
      ...profile("p", 1, {}),
      weights: { usage: 1.1 },
      tiers: { healthyFrom: 80 },
      minAgeDays: 0,
    });
    const weights = applied.components.map((component) => component.weight);
    expect(weights.reduce((a, b) => a + b)).toBeCloseTo(1, 12);
    expect(weights[0]).toBeCloseTo(1.1 / 2, 12);
    expect(applied.tiers).toEqual({ ...DEFAULT_MODEL.tiers, healthyFrom: 80 });
    expect(applied.minAgeDays).toBe(0);
    expect(applyProfile(DEFAULT_MODEL, null).components).toEqual(DEFAULT_MODEL.components);
  });
});

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

describe("sentences", () => {
  it("write numbers the same way everywhere", () => {
    expect([12, -12.34, 0.04, -0.04].map(toPlain)).toEqual(["12", "−12.3", "0", "0"]);
    expect([3, -3, 0].map(toSigned)).toEqual(["+3", "−3", "0"]);
    expect(toQuantity(0.5, "share of days")).toBe("50 % of days");
    expect(toQuantity(-Math.LN2, "log ratio")).toBe("−50 %");
    expect(toQuantity(0, "log ratio")).toBe("steady");
    const one = (unit: string) => toQuantity(1, unit);
    expect([one("points a week"), one("engaged seconds a session"), one("tickets")]).toEqual([
      "1 point a week",
      "1 engaged second a session",
      "1 ticket",
    ]);
    for (const unit of [
      "ms",
      "status",
      "address",
      "analysis",
      "queries",
      "boxes",
      "matches",
      "dishes",
    ]) {
      expect(one(unit)).toBe(`1 ${unit}`);
    }
    expect(toQuantity(2, "days")).toBe("2 days");
    expect(toQuantity(1_234, "days", (days) => days.toFixed(2))).toBe("1234.00 days");
  });
});
