import { DEFAULT_MODEL, parseModel } from "@telltale/scoring";
import { describe, expect, it } from "vitest";
import { nextVersion, parseTrial, toDraftDocument } from "./trial.ts";

const fieldsOf = (fields: Record<string, string>) => (name: string) => fields[name] ?? "";

describe("parseTrial", () => {
  it("keeps what the form does not say", () => {
    const trial = parseTrial(DEFAULT_MODEL, fieldsOf({ "weight-usage": "50" }));
    expect(trial.weights.get("usage")).toBe(50);
    expect(trial.weights.get("satisfaction")).toBe(25);
    expect(trial.healthyFrom).toBe(DEFAULT_MODEL.tiers.healthyFrom);
  });

  it.each([
    { "weight-usage": "-1" },
    { "weight-usage": "many" },
    { "healthy-from": "30", "critical-below": "40" },
  ])("refuses %j", (fields) => {
    expect(() => parseTrial(DEFAULT_MODEL, fieldsOf(fields))).toThrow();
  });
});

describe("toDraftDocument", () => {
  it("makes a document that the engine takes, without the components of no weight", () => {
    const trial = parseTrial(
      DEFAULT_MODEL,
      fieldsOf({ "weight-usage": "0", "weight-satisfaction": "60" }),
    );
    const draft = parseModel(
      JSON.parse(JSON.stringify(toDraftDocument(DEFAULT_MODEL, trial, "2026-06-15.1"))),
    );
    expect(draft.components.map(({ key }) => key)).not.toContain("usage");
    expect(draft.components.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(1, 12);
    expect(draft.version).toBe("2026-06-15.1");
  });
});

describe("nextVersion", () => {
  it("counts up the versions of a day", () => {
    expect(nextVersion("2026-06-15", [])).toBe("2026-06-15.1");
    expect(nextVersion("2026-06-15", ["2026-06-15.1", "2026-06-15.2"])).toBe("2026-06-15.3");
  });
});
