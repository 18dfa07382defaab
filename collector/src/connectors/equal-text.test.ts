import { describe, expect, it } from "vitest";
import { isEqualText, isFresh } from "./equal-text.ts";

describe("isFresh", () => {
  it.each([
    [-301, false],
    [-300, true],
    [0, true],
    [300, true],
    [301, false],
  ])("judges a request that is %i s old by whole seconds", (age, isGood) => {
    const at = 1_760_000_000_000;
    expect(isFresh(at, at + age * 1_000)).toBe(isGood);
    expect(isFresh(at, at + age * 1_000 + 999)).toBe(isGood);
  });

  it("takes no time that is none", () => {
    expect(isFresh(Number.NaN, 0)).toBe(false);
  });
});

describe("isEqualText", () => {
  it("tells texts apart, also those of different length", () => {
    expect(isEqualText("v1,abc", "v1,abc")).toBe(true);
    expect(isEqualText("v1,abc", "v1,abd")).toBe(false);
    expect(isEqualText("v1,abc", "v1,")).toBe(false);
  });
});
