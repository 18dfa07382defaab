import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { toCivilDate, toDayNumber } from "./civil-date.ts";
import { MS_PER_DAY } from "./facts.ts";

describe("civil dates", () => {
  it.each([
    [0, "1970-01-01"],
    [-1, "1969-12-31"],
    [11_016, "2000-02-29"],
    [19_782, "2024-02-29"],
    [47_540, "2100-02-28"],
    [47_541, "2100-03-01"],
    [-719_468, "0000-03-01"],
  ])("of day %s is %s, and back", (day, date) => {
    expect(toCivilDate(day)).toBe(date);
    expect(toDayNumber(date)).toBe(day);
  });

  it("are those of the platform, for four thousand years", () => {
    fc.assert(
      fc.property(fc.integer({ min: -700_000, max: 800_000 }), (day) => {
        const date = new Date(day * MS_PER_DAY).toISOString().slice(0, 10);
        expect(toCivilDate(day)).toBe(date);
        expect(toDayNumber(date)).toBe(day);
      }),
    );
  });

  it("take the day of a moment, and refuse what begins with none", () => {
    expect(toDayNumber("2024-02-29T23:59:59Z")).toBe(19_782);
    for (const text of ["", "29.02.2024", "24-02-29"]) {
      expect(() => toDayNumber(text)).toThrow(RangeError);
    }
  });
});
