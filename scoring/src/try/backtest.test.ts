import { describe, expect, it } from "vitest";
import { evaluate } from "../evaluate/evaluate.ts";
import { DEFAULT_MODEL } from "../model/default-model.ts";
import { tierOf } from "../score/score-account.ts";
import { evaluationCase, lawfulCases } from "../testing/cases.ts";
import { backtest } from "./backtest.ts";

const tiers = DEFAULT_MODEL.tiers;

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
