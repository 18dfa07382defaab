import { describe, expect, it } from "vitest";
import { DEFAULT_MODEL } from "../model/default-model.ts";
import { measureSignals } from "../signals/measure-signals.ts";
import { createRandom } from "../stats/random.ts";
import { accountFacts } from "../testing/facts.ts";
import { NOON, range, signalSpec, usageAt } from "../testing/spec.ts";
import { assessFeatureImpact, factsWithoutFeature, modelWithoutFeature } from "./feature-impact.ts";

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
