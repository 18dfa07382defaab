import { describe, expect, it } from "vitest";
import {
  toLongDay,
  toMoney,
  toQuantity,
  toQuery,
  toRelative,
  toShortDay,
  toSigned,
  toSignedTenth,
} from "./format.ts";

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

describe("toSignedTenth", () => {
  it("always has one decimal, and no sign for what rounds to nothing", () => {
    expect([toSignedTenth(4), toSignedTenth(-3.26), toSignedTenth(-0.04)]).toEqual([
      "+4.0",
      "−3.3",
      "0.0",
    ]);
  });
});

describe("toQuantity", () => {
  it("says one of something, and shares and ratios as per cent", () => {
    expect(toQuantity(1, "points per active user")).toBe("1 point per active user");
    expect(toQuantity(2.04, "features")).toBe("2 features");
    expect(toQuantity(0.25, "share of days")).toBe("25 % of days");
    expect(toQuantity(Math.log(0.63), "log ratio")).toBe("−37 %");
  });
});

describe("toMoney", () => {
  it("says an amount in its currency, and bare where there is none", () => {
    expect([
      toMoney(5_308.4, "EUR", "short"),
      toMoney(751, "USD", "short"),
      toMoney(5_308.4, "JPY", "whole"),
      toMoney(5_308.4, null, "short"),
      toMoney(5_308.4, null, "whole"),
    ]).toEqual(["€5.3K", "$751", "¥5,308", "5.3K", "5,308"]);
  });
});

describe("toShortDay and toLongDay", () => {
  it("say a calendar day wherever the reader is", () => {
    expect([toShortDay("2026-11-04"), toLongDay("2026-11-04")]).toEqual(["4 Nov", "4 Nov 2026"]);
  });
});

describe("toQuery", () => {
  it("leaves out what is empty", () => {
    expect(toQuery({ a: "", b: "x y", c: null, d: 2 })).toBe("?b=x+y&d=2");
    expect(toQuery({ a: "" })).toBe("");
  });
});
