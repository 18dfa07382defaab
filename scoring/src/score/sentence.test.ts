import { describe, expect, it } from "vitest";
import { toPlain, toQuantity, toSigned } from "./sentence.ts";

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
