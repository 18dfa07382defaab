import { DEFAULT_MODEL } from "@telltale/scoring";
import { describe, expect, it } from "vitest";
import { describeCondition } from "./describe-condition.ts";

const { signals } = DEFAULT_MODEL;

describe("describeCondition", () => {
  it("calls a signal by its name and gives the bound its reference", () => {
    const when = { signal: "csat", measure: "normalized", is: "below", bound: 33 } as const;
    expect(describeCondition(when, signals)).toBe("Satisfaction is below 33 of 100");
  });

  it("says that nothing is there rather than that a count is below nothing", () => {
    const when = { signal: "feature_breadth", measure: "value", is: "below", bound: 1e-9 } as const;
    expect(describeCondition(when, signals)).toBe("Features in use is 0");
  });

  it("keeps the decimals of a bound", () => {
    const when = { signal: "own", measure: "value", is: "above", bound: 0.25 } as const;
    expect(describeCondition(when, signals)).toBe("own is above 0.25");
  });
});
