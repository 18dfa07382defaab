import { describe, expect, it } from "vitest";
import { calendarDay, moment } from "./time-checks.ts";

describe("times in requests", () => {
  it.each([
    ["1970-01-01", true],
    ["1969-12-31", false],
    ["0000-01-01", false],
    ["1970-01-01T00:00:00Z", true],
    ["1969-12-31T23:00:00-05:00", true],
    ["1970-01-01T00:30:00+05:00", false],
    ["9998-12-31T23:59:59Z", true],
    ["9999-12-31T23:59:59-14:00", false],
  ])("lie from 1970 to 9998, wherever the clock stands: %s", (text, isTaken) => {
    expect(moment.safeParse(text).success).toBe(isTaken);
  });

  it("are whole days where a day is asked for", () => {
    const taken = ["1970-01-01", "1969-12-31", "2026-01-31T12:00:00Z", "2026-02-30"].map(
      (text) => calendarDay.safeParse(text).success,
    );
    expect(taken).toEqual([true, false, false, false]);
  });
});
