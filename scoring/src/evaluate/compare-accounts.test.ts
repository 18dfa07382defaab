import { describe, expect, it } from "vitest";
import { DEFAULT_MODEL } from "../model/default-model.ts";
import { buildNorms } from "../norms/build-norms.ts";
import { measureSignals } from "../signals/measure-signals.ts";
import { createRandom } from "../stats/random.ts";
import { accountFacts } from "../testing/facts.ts";
import { NOON, range, signalSpec, usageAt } from "../testing/spec.ts";
import { auditSignals, type SignalAudit } from "./audit-signals.ts";
import { assessFeatureImpact, factsWithoutFeature, modelWithoutFeature } from "./feature-impact.ts";
import { interventionSuccess } from "./intervention-success.ts";

describe("assessFeatureImpact", () => {
  const random = createRandom("impact");
  /** Big accounts adopt more and score more by themselves; the feature adds what is asked for. */
  const accounts = (effect: number) =>
    range(1, 400).map((i) => {
      const size = Math.exp(4 * random.uniform());
      const isAdopter = random.uniform() < size / 60;
      const score = 40 + 5 * Math.log(size) + (isAdopter ? effect : 0) + 3 * random.normal();
      return { accountId: `${i}`, isAdopter, size, tenureDays: 100, score };
    });

  const impactOf = (today: ReturnType<typeof accounts>) =>
    assessFeatureImpact({ feature: "export", accounts: today, outcomes: [], seed: "i" });

  it("finds the effect and not the size behind it", () => {
    const { score, churn, sentence } = impactOf(accounts(6));
    expect(Math.abs((score?.difference as number) - 6)).toBeLessThan(1.5);
    expect(churn).toBeNull();
    expect(sentence).toMatch(/^Accounts that use export score \d.* higher than like accounts/);
    expect(sentence).toContain("association");
  });

  it("finds nothing where there is nothing, and says when pairs are few", () => {
    const { score } = impactOf(accounts(0));
    expect(score?.interval?.[0]).toBeLessThan(0);
    expect(score?.interval?.[1]).toBeGreaterThan(0);
    expect(impactOf(accounts(5).slice(0, 8)).status).toBe("too-few-pairs");
  });

  it("takes the feature's own share out of facts and model", () => {
    const model = {
      ...DEFAULT_MODEL,
      signals: [signalSpec("feature_breadth", { features: ["a", "b"] })],
    };
    const facts = accountFacts({
      usage: [...usageAt([1], { feature: "a" }), ...usageAt([1], { feature: "b" })],
    });
    expect(factsWithoutFeature(facts, "a").usage).toEqual(usageAt([1], { feature: "b" }));
    const [only] = modelWithoutFeature(model, "a").signals;
    expect(only?.features).toEqual(["b"]);
    expect(model.signals[0]?.features).toEqual(["a", "b"]);
  });

  it("does not make a signal of one feature one of all features", () => {
    const model = {
      ...DEFAULT_MODEL,
      signals: [signalSpec("feature_breadth", { features: ["a"] })],
    };
    const usage = ["a", "b", "c"].flatMap((feature) => usageAt([1], { feature }));
    const facts = factsWithoutFeature(accountFacts({ usage }), "a");
    const [breadth] = measureSignals({ facts, model: modelWithoutFeature(model, "a"), now: NOON });
    expect(breadth).toMatchObject({ value: 0, unit: "share of core features" });
  });
});

describe("interventionSuccess", () => {
  const spells = (effect: number) => {
    const random = createRandom("success");
    return range(1, 600).map((i) => {
      const scoreAtFlag = 20 + 40 * random.uniform();
      const isTreated = random.uniform() < 0.7 - scoreAtFlag / 100;
      const back = scoreAtFlag / 100 + (isTreated ? effect : 0);
      return {
        accountId: `${i}`,
        isTreated,
        scoreAtFlag,
        tenureDays: 300,
        value: 1000,
        isBackToHealthy: random.uniform() < back,
        isRetained: null,
      };
    });
  };

  it("does not take getting better by themselves for success", () => {
    const none = interventionSuccess(spells(0)).backToHealthy;
    expect(none?.treated).toBeGreaterThan(0.3);
    expect(none?.interval?.[0]).toBeLessThan(0);
    const some = interventionSuccess(spells(0.3)).backToHealthy;
    expect(some?.interval?.[0]).toBeGreaterThan(0);
  });

  it("is sure of what happened to all of one side and none of the other, not of what happened to none", () => {
    const alike = range(1, 20).map((i) => ({
      ...{
        accountId: `${i}`,
        isTreated: i % 2 === 0,
        scoreAtFlag: 50,
        tenureDays: 300,
        value: 1000,
      },
      ...{ isBackToHealthy: i % 2 === 0, isRetained: false },
    }));
    const { backToHealthy, retained } = interventionSuccess(alike);
    expect(backToHealthy).toMatchObject({ difference: 1, pairs: 10 });
    expect(backToHealthy?.interval[0]).toBeGreaterThan(0.5);
    expect(retained?.difference).toBe(0);
    expect(retained?.interval[0]).toBeLessThan(-0.2);
    expect(retained?.interval[1]).toBeGreaterThan(0.2);
  });

  it("has no figure without outcomes or pairs", () => {
    expect(interventionSuccess(spells(0)).retained).toBeNull();
    expect(interventionSuccess([])).toMatchObject({
      treated: 0,
      untouched: 0,
      backToHealthy: null,
    });
  });
});

describe("auditSignals", () => {
  const keys = ["good", "copy", "noise"];
  const model = {
    ...DEFAULT_MODEL,
    overrides: [],
    minCoverage: 0.5,
    signals: keys.map((key) => signalSpec("external", { key, series: key, aggregate: "last" })),
    components: keys.map((key, i) => ({
      key,
      label: key,
      weight: [0.6, 0.2, 0.2][i] as number,
      signals: [
        {
          signal: key,
          weight: 1,
          normaliser: { kind: "percentile" as const },
          direction: "higher" as const,
        },
      ],
    })),
  };
  const random = createRandom("audit");
  const accounts = range(1, 200).map((i) => {
    const good = random.uniform();
    const values = [good, 2 * good + 0.01 * random.uniform(), random.uniform()];
    return {
      accountId: `${i}`,
      createdAt: 0,
      segments: [],
      now: NOON,
      signals: keys.map((key, j) => ({
        key,
        value: values[j] as number,
        unit: "",
        sampleSize: 1,
        observedAt: NOON,
        status: "ok" as const,
      })),
    };
  });
  // The outcomes are those of other accounts: what the audited ones are today does not tell.
  const cases = range(1, 200).map(() => {
    const good = 100 * random.uniform();
    const signals = { good, copy: good, noise: 100 * random.uniform() };
    return { signals, isChurned: 100 * random.uniform() > good };
  });
  const audit = auditSignals({
    accounts,
    cases,
    model,
    norms: buildNorms({ rows: accounts, model, now: NOON }),
  });

  it("tells the signal that says something from noise", () => {
    const area = (key: string) => audit.find((one) => one.key === key)?.areaUnderCurve as number;
    expect(area("good")).toBeGreaterThan(0.75);
    expect(Math.abs(area("noise") - 0.5)).toBeLessThan(0.12);
  });

  it("says how many outcomes that rests on, and nothing from too few", () => {
    expect(audit[0]).toMatchObject({ n: 200, outcomes: 200 });
    const norms = buildNorms({ rows: accounts, model, now: NOON });
    const few = cases.filter(({ isChurned }) => isChurned).slice(0, 9);
    const [good] = auditSignals({ accounts, cases: few, model, norms });
    expect(good).toMatchObject({ outcomes: 9, areaUnderCurve: null });
  });

  it("finds the copy", () => {
    expect(audit[0]?.closest).toMatchObject({ key: "copy", isRedundant: true });
    expect(audit[2]?.closest?.isRedundant).toBe(false);
  });

  it("tells how many would lose their score or their tier without a signal", () => {
    expect(audit[0]?.withoutIt.unknown).toBe(200);
    expect(audit[1]?.withoutIt.unknown).toBe(0);
    expect(audit[2]?.withoutIt.tierChanges).toBeGreaterThan(0);
    const { meanMove, mostMove } = (audit[2] as SignalAudit).withoutIt;
    expect(meanMove).toBeGreaterThan(0);
    expect(mostMove).toBeGreaterThan(meanMove);
    // A fifth of the weight can't move a score by more than a fifth of the scale.
    expect(mostMove).toBeLessThanOrEqual(20);
  });
});
