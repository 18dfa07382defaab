import { describe, expect, it } from "vitest";
import { DEFAULT_MODEL } from "../model/default-model.ts";
import type { ScoringModel } from "../model/model.ts";
import { lawfulCases } from "../testing/cases.ts";
import { crossValidate } from "./cross-validate.ts";
import { suggestWeights } from "./suggest-weights.ts";

describe("suggestWeights", () => {
  it("says too few outcomes where they are of fewer accounts than there are folds", () => {
    const cases = lawfulCases(200, "one account").map((one) => ({
      ...one,
      accountId: one.isChurned ? "leaver" : one.accountId,
    }));
    expect(suggestWeights({ cases, model, seed: "w" }).status).toBe("too-few-outcomes");
    const all = lawfulCases(40, "folds");
    expect(suggestWeights({ cases: all, model, seed: "w", folds: 30 }).status).toBe(
      "too-few-outcomes",
    );
  });

  const model: ScoringModel = {
    ...DEFAULT_MODEL,
    components: ["good", "noise"].map((key) => ({ key, label: key, weight: 0.5, signals: [] })),
  };

  it("gives the weight to what tells churn from staying", () => {
    const found = suggestWeights({ cases: lawfulCases(600, "weights"), model, seed: "w" });
    expect(found.status).toBe("ok");
    expect(found.weights.good).toBeGreaterThan(0.9);
    expect(Object.values(found.weights).reduce((a, b) => a + b)).toBeCloseTo(1, 12);
    const { suggested, unconstrained } = found.areas as NonNullable<typeof found.areas>;
    expect(unconstrained - suggested).toBeLessThan(0.01);
  });

  it("takes the strongest penalty that costs next to nothing, by cross-validation", () => {
    const cases = lawfulCases(400, "b");
    const rows = cases.map(({ components }) => [
      components.good as number,
      components.noise as number,
    ]);
    const lossOf = (penalty: number) =>
      crossValidate({
        rows,
        labels: cases.map((one) => !one.isChurned),
        accountIds: cases.map((one) => one.accountId),
        ...{ penalty, weights: "non-negative", folds: 5, seed: "w" },
      })?.logLoss as number;
    const losses = [1e-4, 1e-3, 1e-2, 3e-2, 0.1, 0.3, 1].map((penalty) => ({
      penalty,
      loss: lossOf(penalty),
    }));
    const best = Math.min(...losses.map(({ loss }) => loss));
    const chosen = losses.filter(({ loss }) => loss <= 1.001 * best).at(-1);
    expect(chosen?.loss).toBeGreaterThan(best);
    expect(suggestWeights({ cases, model, seed: "w" }).penalty).toBe(chosen?.penalty);
  });

  it("leaves out cases of which no component is known", () => {
    const known = lawfulCases(100, "known");
    const unknown = known.map((one) => ({
      ...one,
      accountId: `no-${one.accountId}`,
      components: {},
    }));
    const found = suggestWeights({ cases: [...known, ...unknown], model, seed: "w" });
    expect(found).toEqual(suggestWeights({ cases: known, model, seed: "w" }));
    expect(found.n).toBe(100);
  });

  it("never lets a component count against its own direction", () => {
    const turned = lawfulCases(600, "turned").map((one) => ({
      ...one,
      components: { good: one.components.good as number, noise: 100 - (one.score as number) },
    }));
    const { weights } = suggestWeights({ cases: turned, model, seed: "w" });
    expect(weights.noise).toBe(0);
  });

  it("bears missing components, and says when there is too little or nothing to learn", () => {
    const holes = lawfulCases(300, "holes").map((one, i) => ({
      ...one,
      components: i % 3 ? one.components : { ...one.components, good: null },
    }));
    expect(suggestWeights({ cases: holes, model, seed: "w" }).weights.good).toBeGreaterThan(0.7);
    expect(suggestWeights({ cases: lawfulCases(12, "few"), model, seed: "w" }).status).toBe(
      "too-few-outcomes",
    );
    const against = lawfulCases(300, "against").map((one) => ({
      ...one,
      components: { good: 100 - (one.score as number), noise: 100 - (one.score as number) },
    }));
    expect(suggestWeights({ cases: against, model, seed: "w" }).status).toBe("no-information");
  });
});
