import { describe, expect, it } from "vitest";
import { evaluate } from "../evaluate/evaluate.ts";
import { DEFAULT_MODEL } from "../model/default-model.ts";
import { priorNorms } from "../norms/build-norms.ts";
import { tierOf } from "../score/score-account.ts";
import { evaluationCase, lawfulCases } from "../testing/cases.ts";
import { accountFacts } from "../testing/facts.ts";
import { NOON, range, usageAt } from "../testing/spec.ts";
import { backtest } from "./backtest.ts";
import { compareScores } from "./compare-scores.ts";
import { assignVariant, compareVariants, requiredSampleSize } from "./experiment.ts";
import { createScenario, type ScenarioInput } from "./scenario.ts";

const tiers = DEFAULT_MODEL.tiers;

describe("compareScores", () => {
  it("counts moves between tiers, and leaves out who is on one side only", () => {
    const found = compareScores(
      [
        { accountId: "b", score: 80, tier: "healthy" },
        { accountId: "a", score: 30, tier: "critical" },
        { accountId: "x", score: 30, tier: "critical" },
      ],
      [
        { accountId: "a", score: 50, tier: "at_risk" },
        { accountId: "b", score: null, tier: "unknown" },
      ],
    );
    expect(found.accounts).toBe(2);
    expect(found.matrix.critical.at_risk).toBe(1);
    expect(found.moves).toEqual([
      { accountId: "a", from: "critical", to: "at_risk", change: 20 },
      { accountId: "b", from: "healthy", to: "unknown", change: null },
    ]);
    expect(found.meanMove).toBe(20);
    expect(compareScores([], []).meanMove).toBeNull();
  });
});

describe("backtest", () => {
  const published = lawfulCases(300, "backtest");
  const noisy = published.map((one) => {
    const score = one.components.noise as number;
    return { ...one, score, tier: tierOf(score, tiers) };
  });

  it("calls a draft of noise worse, and the other way round not", () => {
    const worse = backtest({ published, draft: noisy, seed: "b", replicates: 40 });
    expect(worse.isWorse).toBe(true);
    expect(worse.worseBy).toContain("areaUnderCurve");
    expect(
      backtest({ published: noisy, draft: published, seed: "b", replicates: 40 }).isWorse,
    ).toBe(false);
    expect(worse.flags.onlyDraft.length + worse.flags.both).toBe(worse.draft.outcomes.flagged);
  });

  it("finds no difference between a model and itself", () => {
    const same = backtest({ published, draft: published, seed: "b", replicates: 30 });
    expect(same.isWorse).toBe(false);
    expect(same.differences.areaUnderCurve).toEqual({ value: 0, interval: null });
    expect(same.comparison.moves).toEqual([]);
    expect(same.published).toEqual(evaluate({ cases: published, seed: "b", replicates: 30 }));
  });

  it("calls a draft worse that scores nobody, though every sample differs by as much", () => {
    const mute = published.map((one) => ({ ...one, score: null, tier: "unknown" as const }));
    const { differences, worseBy } = backtest({
      published,
      draft: mute,
      seed: "b",
      replicates: 30,
    });
    expect(differences.coverage).toEqual({ value: -1, interval: null });
    expect(worseBy).toEqual(expect.arrayContaining(["coverage"]));
  });

  it("compares each outcome with itself, however many an account has", () => {
    const renewals = published.map((one, i) => ({
      ...one,
      accountId: `account-${i % 150}`,
      outcomeAt: i,
    }));
    const same = backtest({ published: renewals, draft: renewals, seed: "b", replicates: 5 });
    expect(same.comparison).toMatchObject({ accounts: 300, moves: [], meanMove: 0 });
    const draft = renewals.map((one) =>
      one.outcomeAt === 7 ? { ...one, score: null, tier: "unknown" as const } : one,
    );
    const one = backtest({ published: renewals, draft, seed: "b", replicates: 5 });
    expect(one.comparison.moves).toMatchObject([{ accountId: "account-7", to: "unknown" }]);
  });

  it("does not call a draft worse by a figure that most samples do not have", () => {
    const calm = published.map((one) => ({ ...one, tier: "healthy" as const }));
    const flagOnly = (isChurned: boolean) => {
      const place = calm.findIndex((one) => one.isChurned === isChurned);
      return calm.map((one, i) => (i === place ? { ...one, tier: "critical" as const } : one));
    };
    const found = backtest({
      published: flagOnly(true),
      draft: flagOnly(false),
      seed: "b",
      replicates: 60,
    });
    expect(found.differences.falseAlarms).toEqual({ value: 1, interval: null });
    expect(found.worseBy).not.toContain("falseAlarms");
  });

  it("judges nothing on too few outcomes, and refuses other outcomes", () => {
    const few = published.slice(0, 15);
    expect(
      backtest({ published: few, draft: noisy.slice(0, 15), seed: "b", replicates: 20 }),
    ).toMatchObject({
      status: "too-few-outcomes",
      isWorse: false,
    });
    expect(() => backtest({ published, draft: [evaluationCase({ score: 1 })], seed: "b" })).toThrow(
      RangeError,
    );
  });
});

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

describe("assignVariant", () => {
  const variants = [
    { key: "a", share: 3 },
    { key: "b", share: 1 },
  ];

  it("splits accounts by the shares, the same way each time", () => {
    const ids = range(1, 4000).map((i) => `account-${i}`);
    const first = ids.map((id) => assignVariant("x", id, variants));
    expect(ids.map((id) => assignVariant("x", id, variants))).toEqual(first);
    const share = first.filter((key) => key === "b").length / ids.length;
    expect(Math.abs(share - 0.25)).toBeLessThan(0.03);
    const other = ids.map((id) => assignVariant("y", id, variants));
    const both = ids.filter((_, i) => first[i] === "b" && other[i] === "b").length / ids.length;
    expect(Math.abs(both - 1 / 16)).toBeLessThan(0.02);
  });

  it("refuses shares that are none", () => {
    expect(() => assignVariant("x", "a", [])).toThrow(RangeError);
    expect(() => assignVariant("x", "a", [{ key: "a", share: 0 }])).toThrow(RangeError);
  });
});

describe("requiredSampleSize", () => {
  it("agrees with R's power.prop.test(p1 = .50, p2 = .75, power = .90): n = 76.7", () => {
    expect(requiredSampleSize({ baseline: 0.5, target: 0.75, power: 0.9 })).toBe(77);
  });

  it("refuses shares that are none or the same", () => {
    expect(() => requiredSampleSize({ baseline: 0, target: 0.5 })).toThrow(RangeError);
    expect(() => requiredSampleSize({ baseline: 0.5, target: 0.5 })).toThrow(RangeError);
  });
});

describe("compareVariants", () => {
  it("has Newcombe's published interval for 56 of 70 against 48 of 80", () => {
    const [, second] = compareVariants([
      { key: "a", accounts: 80, withOutcome: 48 },
      { key: "b", accounts: 70, withOutcome: 56 },
    ]);
    expect(second?.difference?.value).toBeCloseTo(0.2, 12);
    expect(second?.difference?.interval[0]).toBeCloseTo(0.0524, 4);
    expect(second?.difference?.interval[1]).toBeCloseTo(0.3339, 4);
  });

  it("has nothing to say about nobody", () => {
    expect(compareVariants([{ key: "a", accounts: 0, withOutcome: 0 }])[0]).toMatchObject({
      share: null,
      interval: null,
    });
  });
});
