import { describe, expect, it } from "vitest";
import { DEFAULT_MODEL } from "../model/default-model.ts";
import type { ProfileSpec, ScoringModel } from "../model/model.ts";
import { applyProfile, findProfile } from "./profile.ts";

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
