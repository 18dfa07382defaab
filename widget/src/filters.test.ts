import { describe, expect, it } from "vitest";
import { matchesFilter, matchesFilters } from "./filters.ts";

describe("matchesFilter", () => {
  it.each([
    ["equals", "pro", "pro", true],
    ["equals", 1, "1", false],
    ["not_equals", "pro", "free", true],
    ["not_equals", "pro", undefined, true],
    ["contains", "RAP", "graph", true],
    ["contains", "b", ["a", "b"], true],
    ["contains", "b", ["ab"], false],
    ["contains", "1", 11, false],
    ["greater_than", 3, 4, true],
    ["greater_than", 3, 3, false],
    ["less_than", 3, 2, true],
    ["less_than", 3, "2", false],
    ["exists", undefined, false, true],
    ["exists", undefined, null, false],
    ["exists", undefined, undefined, false],
  ] as const)("%s %j against %j is %j", (operator, value, actual, expected) => {
    const filter = { property: "p", operator, ...(value === undefined ? {} : { value }) };
    const properties = actual === undefined ? {} : { p: actual as never };
    expect(matchesFilter(filter, properties)).toBe(expected);
  });
});

describe("matchesFilters", () => {
  it("passes only what passes every filter, and anything where there is none", () => {
    const filters = [
      { property: "rows", operator: "greater_than" as const, value: 10 },
      { property: "format", operator: "equals" as const, value: "csv" },
    ];
    expect(matchesFilters(filters, { rows: 11, format: "csv" })).toBe(true);
    expect(matchesFilters(filters, { rows: 11, format: "pdf" })).toBe(false);
    expect(matchesFilters([], {})).toBe(true);
  });
});
