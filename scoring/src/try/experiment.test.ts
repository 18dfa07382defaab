import { describe, expect, it } from "vitest";
import { range } from "../testing/spec.ts";
import { assignVariant, compareVariants, requiredSampleSize } from "./experiment.ts";

describe("assignVariant", () => {
  const variants = [
    { key: "a", share: 3 },
    { key: "b", share: 1 },
  ];

  it("splits accounts by the shares, the same way each time", () => {
    const ids = range(1, 4000).map((i) => `account-${i}`);
    const first = ids.map((id) => assignVariant("x", id, variants));
    expect(ids.map((id) => assignVariant("x", id, variants))).toEqual(first);
    const share = first.filter((key) => key === "b").length / ids.length;
    expect(Math.abs(share - 0.25)).toBeLessThan(0.03);
    const other = ids.map((id) => assignVariant("y", id, variants));
    const both = ids.filter((_, i) => first[i] === "b" && other[i] === "b").length / ids.length;
    expect(Math.abs(both - 1 / 16)).toBeLessThan(0.02);
  });

  it("refuses shares that are none", () => {
    expect(() => assignVariant("x", "a", [])).toThrow(RangeError);
    expect(() => assignVariant("x", "a", [{ key: "a", share: 0 }])).toThrow(RangeError);
  });
});

describe("requiredSampleSize", () => {
  it("agrees with R's power.prop.test(p1 = .50, p2 = .75, power = .90): n = 76.7", () => {
    expect(requiredSampleSize({ baseline: 0.5, target: 0.75, power: 0.9 })).toBe(77);
  });

  it("refuses shares that are none or the same", () => {
    expect(() => requiredSampleSize({ baseline: 0, target: 0.5 })).toThrow(RangeError);
    expect(() => requiredSampleSize({ baseline: 0.5, target: 0.5 })).toThrow(RangeError);
  });
});

describe("compareVariants", () => {
  it("has Newcombe's published interval for 56 of 70 against 48 of 80", () => {
    const [, second] = compareVariants([
      { key: "a", accounts: 80, withOutcome: 48 },
      { key: "b", accounts: 70, withOutcome: 56 },
    ]);
    expect(second?.difference?.value).toBeCloseTo(0.2, 12);
    expect(second?.difference?.interval[0]).toBeCloseTo(0.0524, 4);
    expect(second?.difference?.interval[1]).toBeCloseTo(0.3339, 4);
  });

  it("has nothing to say about nobody", () => {
    expect(compareVariants([{ key: "a", accounts: 0, withOutcome: 0 }])[0]).toMatchObject({
      share: null,
      interval: null,
    });
  });
});
