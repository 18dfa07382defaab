import { describe, expect, it } from "vitest";
import { findPattern } from "./route-playbook.ts";

const drivers = (points: Record<string, number>) =>
  Object.entries(points).map(([key, contribution]) => ({
    key,
    kind: "component" as const,
    label: key,
    contribution,
    sentence: key,
  }));

describe("findPattern", () => {
  it.each([
    [{ usage: -10, satisfaction: -2 }, "adoption"],
    [{ usage: -2, satisfaction: -10 }, "satisfaction"],
    [{ usage: -2, satisfaction: -3, support_tickets: -9 }, "support"],
    [{ usage: 8, features_in_use: 3, satisfaction: -12 }, "remediation"],
    [{ usage: 5, support_tickets: -12, satisfaction: -2 }, "support"],
    [{}, "adoption"],
  ])("sees in %o a matter of %s", (points, pattern) => {
    expect(findPattern(drivers(points as Record<string, number>))).toBe(pattern);
  });
});
