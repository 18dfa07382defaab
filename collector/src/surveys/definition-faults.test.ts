import { describe, expect, it } from "vitest";
import { csatDefinition } from "../../test/surveys.ts";
import { findFaults } from "./definition-faults.ts";

describe("the schedule of a survey", () => {
  it.each([
    ["2026-01-01T00:00:00+05:00", "2025-12-31T23:00:00Z", []],
    ["2026-01-01T00:00:00Z", "2026-01-01T01:00:00+05:00", ["must be later than startAt"]],
    ["2026-01-01T00:00:00Z", "2026-01-01T01:00:00+01:00", ["must be later than startAt"]],
  ])("ends after it begins, in whatever zone: %s to %s", (startAt, endAt, faults) => {
    const definition = { ...csatDefinition, schedule: { startAt, endAt } };
    expect(findFaults(definition).map(({ message }) => message)).toEqual(faults);
  });
});
