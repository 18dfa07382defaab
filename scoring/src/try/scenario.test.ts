import { describe, expect, it } from "vitest";
import { DEFAULT_MODEL } from "../model/default-model.ts";
import { priorNorms } from "../norms/build-norms.ts";
import { accountFacts } from "../testing/facts.ts";
import { NOON, range, usageAt } from "../testing/spec.ts";
import { createScenario, type ScenarioInput } from "./scenario.ts";

const tiers = DEFAULT_MODEL.tiers;

describe("createScenario", () => {
  const model = DEFAULT_MODEL;
  const norms = priorNorms(model, NOON);
  const quiet = accountFacts({
    usage: usageAt(
      range(1, 200).filter((age) => age % 9 === 0),
      { feature: "a" },
    ),
  });
  const accounts = [
    { facts: quiet, value: 100 },
    { facts: { ...quiet, accountId: "other" }, value: 50 },
  ];
  const run = (assumption: ScenarioInput["assumption"], rest: Partial<ScenarioInput> = {}) => {
    const scenario = createScenario({ model, norms, now: NOON, assumption, ...rest });
    for (const account of accounts) scenario.add(account);
    return scenario.result();
  };

  it("moves nothing when nothing is assumed", () => {
    const { comparison, valueAtRiskChange, label } = run({});
    expect(label).toBe("assumption");
    expect(comparison.moves).toEqual([]);
    expect(valueAtRiskChange).toBe(0);
  });

  it("lifts the accounts in which a feature is adopted, and only those", () => {
    const adoption = { feature: "new", shareOfUsers: 1, usesPerUserDay: 20, days: 28 };
    const all = run({ adoption });
    expect(all.comparison.meanMove).toBeGreaterThan(5);
    expect(all.valueAtRiskChange).toBeLessThan(0);
    const one = run({ adoption }, { affects: (facts) => facts.accountId === "other" });
    expect(one.comparison.meanMove).toBeCloseTo((all.comparison.meanMove as number) / 2, 9);
    expect(one.valueAtRiskChange).toBe(-50);
  });

  it("begins an adoption today", () => {
    const components = model.components
      .filter(({ key }) => key === "active_days")
      .map((component) => ({ ...component, weight: 1 }));
    const regular = { ...model, components, overrides: [] };
    const adoption = { feature: "new", shareOfUsers: 1, usesPerUserDay: 1, days: 1 };
    const { comparison } = run({ adoption }, { model: regular });
    // From 3 of 28 days to 4 of 29, today being one of them, on the line from (10 %, 40) to (30 %, 75).
    expect(comparison.meanMove).toBeCloseTo((4 / 29 - 3 / 28) * ((75 - 40) / 0.2), 9);
  });

  it("changes signals by to, times and plus", () => {
    expect(run({ signals: [{ signal: "csat", to: 0 }] }).comparison.meanMove).toBeGreaterThan(5);
    const same = run({
      signals: [
        { signal: "velocity", times: 1 },
        { signal: "active_days", plus: 0 },
      ],
    });
    expect(same.comparison.meanMove).toBe(0);
    expect(run({ signals: [{ signal: "csat", times: 2 }] }).comparison.meanMove).toBe(0);
  });

  it("takes another model, for instance other bounds", () => {
    const draft = { ...model, tiers: { ...tiers, healthyFrom: 1, criticalBelow: 0 } };
    expect(run({ model: draft }).value.after.healthy).toBe(150);
  });

  it("refuses a share of users that is none", () => {
    const adoption = { feature: "x", shareOfUsers: 2, usesPerUserDay: 1, days: 1 };
    expect(() => run({ adoption })).toThrow(RangeError);
  });
});
