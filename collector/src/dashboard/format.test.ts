import { describe, expect, it } from "vitest";
import { toQuery, toRelative, toSigned } from "./format.ts";

const NOW = Date.parse("2026-06-15T12:00:00Z");

describe("toRelative", () => {
  it.each([
    [0, "now"],
    [5 * 60_000, "5 min ago"],
    [-3 * 3_600_000, "in 3 h"],
    [2 * 86_400_000, "2 days ago"],
    [200 * 86_400_000, "7 months ago"],
    [900 * 86_400_000, "2.5 years ago"],
  ])("says %i ms before now as %s", (ms, text) => {
    expect(toRelative(NOW - ms, NOW)).toBe(text);
  });
});

describe("toSigned", () => {
  it("writes a real minus, and no sign for what rounds to nothing", () => {
    expect([toSigned(4.24), toSigned(-3), toSigned(-0.04)]).toEqual(["+4.2", "−3", "0"]);
  });
});

describe("toQuery", () => {
  it("leaves out what is empty", () => {
    expect(toQuery({ a: "", b: "x y", c: null, d: 2 })).toBe("?b=x+y&d=2");
    expect(toQuery({ a: "" })).toBe("");
  });
});
