import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DEFAULT_MODEL } from "../model/default-model.ts";
import type { ScoringModel } from "../model/model.ts";
import { evaluationCase, lawfulCases, tiedCases } from "../testing/cases.ts";
import { range } from "../testing/spec.ts";
import { assignFolds } from "./assign-folds.ts";
import { fitIsotonicChurn, fitPlatt, toChurnProbability } from "./churn-probability.ts";
import { crossValidate } from "./cross-validate.ts";
import { suggestThresholds } from "./suggest-thresholds.ts";
import { suggestWeights } from "./suggest-weights.ts";

const law = (score: number) => 1 / (1 + Math.exp((score - 50) / 10));

describe("crossValidate", () => {
  const cases = lawfulCases(600, "cv");
  const rows = cases.map((one) => [one.components.good as number]);
  const labels = cases.map((one) => !one.isChurned);
  const accountIds = cases.map((one) => one.accountId);
  const fit = { penalty: 1e-4, weights: "any" as const, folds: 5, seed: "f" };
  const input = { rows, labels, accountIds, ...fit };

  it("judges a real feature high and noise at chance", () => {
    expect(crossValidate(input)?.areaUnderCurve).toBeGreaterThan(0.9);
    const noise = cases.map((one) => [one.components.noise as number]);
    expect(crossValidate({ ...input, rows: noise })?.areaUnderCurve).toBeLessThan(0.58);
  });

  it("agrees with scikit-learn fold by fold", () => {
    const numbers = range(0, 23);
    const given = {
      rows: numbers.map((i) => [(7 * i) % 24, (5 * i * i) % 17]),
      labels: numbers.map((i) => ((11 * i) % 24) + 2 * ((5 * i) % 7) >= 14),
      accountIds: numbers.map((i) => `a${i < 6 ? i % 3 : i}`),
      ...{ penalty: 0.1, weights: "any" as const, folds: 4, seed: "sklearn" },
    };
    const found = crossValidate(given);
    const fold = [1, 1, 3, 1, 1, 3, 3, 3, 1, 2, 0, 1, 2, 0, 2, 0, 0, 2, 3, 1, 0, 3, 0, 2];
    expect(assignFolds(given)).toEqual(fold);
    // scikit-learn 1.9.1, for each of these folds: LogisticRegression(C=1/(0.1*n)).fit(StandardScaler of the others); roc_auc_score, log_loss
    expect(found?.areaUnderCurve).toBeCloseTo((3 / 4 + 5 / 12 + 5 / 6 + 4 / 5) / 4, 12);
    expect(found?.logLoss).toBeCloseTo(0.6668002043425324, 8);
    const first = [0.7980651014374444, 0.7349379285067972, 0.718492564103164, 0.7270942947464274];
    for (const [i, p] of first.entries()) expect(found?.probabilities[i]).toBeCloseTo(p, 8);
  });

  it("judges no case by a fit that saw it, or another case of its account", () => {
    const doubled = {
      ...input,
      rows: rows.flatMap((row) => [row, row.map((value) => value + 1)]),
      labels: labels.flatMap((label) => [label, label]),
      accountIds: accountIds.flatMap((id) => [id, id]),
    };
    const before = crossValidate(doubled);
    const fold = assignFolds(doubled) ?? [];
    for (let i = 0; i < fold.length; i += 2) expect(fold[i]).toBe(fold[i + 1]);
    const moved = doubled.rows.map((row, i) => (fold[i] === 0 && i > 9 ? [0] : row));
    const after = crossValidate({ ...doubled, rows: moved });
    for (let i = 0; i < 10; i++) {
      const [old, now] = [before?.probabilities[i], after?.probabilities[i]];
      if (fold[i] === 0) expect(now).toBe(old);
      else expect(now).not.toBe(old);
    }
    expect(fold.slice(0, 10)).toContain(0);
  });

  it("spreads the accounts of either label evenly over the folds", () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(11), fc.boolean()), { minLength: 10, maxLength: 40 }),
        fc.integer({ min: 2, max: 4 }),
        (drawn, folds) => {
          const given = {
            labels: drawn.map(([, label]) => label),
            accountIds: drawn.map(([id]) => `${id}`),
          };
          const foldOf = assignFolds({ ...given, folds, seed: "f" });
          const rows = drawn.map((_, i) => [i % 5]);
          const found = crossValidate({ ...fit, ...given, rows, folds });
          const holding = (label: boolean, part?: number) =>
            new Set(
              drawn.flatMap(([id, own], i) =>
                own === label && (part === undefined || foldOf?.[i] === part) ? [id] : [],
              ),
            ).size;
          const isEnough = Math.min(holding(true), holding(false)) >= folds;
          expect([found !== null, foldOf !== null]).toEqual([isEnough, isEnough]);
          if (!isEnough) return;
          for (const label of [true, false]) {
            const counts = range(0, folds - 1).map((part) => holding(label, part));
            expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1);
          }
        },
      ),
    );
  });

  it("is the same for the same seed, and needs enough of both labels", () => {
    expect(crossValidate(input)).toEqual(crossValidate(input));
    const few = labels.map((_, i) => i > 2);
    expect(crossValidate({ ...input, labels: few })).toBeNull();
    expect(() => crossValidate({ ...input, folds: 1 })).toThrow(RangeError);
  });
});

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

describe("churn mappings", () => {
  const cases = lawfulCases(4000, "platt");

  it("find the law that made the outcomes", () => {
    const platt = fitPlatt(cases);
    const isotonic = fitIsotonicChurn(cases);
    if (!platt || !isotonic) throw new Error("no fit");
    for (const score of [20, 40, 50, 60, 80]) {
      expect(Math.abs(toChurnProbability(platt, score) - law(score))).toBeLessThan(0.05);
      expect(Math.abs(toChurnProbability(isotonic, score) - law(score))).toBeLessThan(0.12);
    }
  });

  it("agree with SciPy where scores are equal and fall short of parting the classes", () => {
    const cases = tiedCases();
    const platt = fitPlatt(cases);
    const isotonic = fitIsotonicChurn(cases);
    if (!platt || !isotonic) throw new Error("no fit");
    // scipy.optimize.minimize(lambda b: mean(log1p(exp(-(2y-1)(b0 + b1 z)))) + 5e-5 b1², z = (x - mean) / std, gtol 1e-12)
    for (const [score, expected] of [
      [20, 0.8136745915623504],
      [50, 0.4931950773422046],
      [80, 0.17821199853151004],
    ] as const) {
      expect(toChurnProbability(platt, score)).toBeCloseTo(expected, 6);
    }
    // u, i = np.unique(-x, return_inverse=True); w = bincount(i); np.interp(-score, u, isotonic_regression(bincount(i, y) / w, weights=w).x)
    for (const [score, expected] of [
      [20, 0.75],
      [44, 0.6],
      [50, 0.5],
      [60, 0.5],
      [80, 0],
    ] as const) {
      expect(toChurnProbability(isotonic, score)).toBeCloseTo(expected, 12);
    }
  });

  it("never rise with the score, whatever the outcomes", () => {
    const any = fc.array(
      fc.record({ score: fc.integer({ min: 0, max: 100 }), isChurned: fc.boolean() }),
      {
        minLength: 30,
        maxLength: 60,
      },
    );
    const score = fc.integer({ min: 0, max: 100 });
    fc.assert(
      fc.property(any, score, score, (given, a, b) => {
        const cases = given.map(evaluationCase);
        for (const mapping of [fitPlatt(cases), fitIsotonicChurn(cases)]) {
          if (!mapping) continue;
          const low = toChurnProbability(mapping, Math.min(a, b));
          const high = toChurnProbability(mapping, Math.max(a, b));
          expect(high).toBeLessThanOrEqual(low + 1e-12);
          expect(low).toBeLessThanOrEqual(1);
          expect(high).toBeGreaterThanOrEqual(0);
        }
      }),
      { numRuns: 40 },
    );
  });

  it("need ten of either outcome", () => {
    const few = cases.slice(0, 12).map((one, i) => ({ ...one, isChurned: i < 3 }));
    expect(fitPlatt(few)).toBeNull();
    expect(fitIsotonicChurn(few)).toBeNull();
  });
});

describe("suggestThresholds", () => {
  it("finds the most churn within the budget, by trying every line", () => {
    const cases = lawfulCases(300, "lines");
    const { status, healthyFrom, criticalBelow, curve } = suggestThresholds(cases, 0.3);
    expect(status).toBe("ok");
    expect(healthyFrom?.falseAlarmShare).toBeLessThanOrEqual(0.3);
    expect(criticalBelow?.threshold).toBeLessThanOrEqual(healthyFrom?.threshold as number);
    const churned = cases.filter((one) => one.isChurned).length;
    for (let line = 0; line <= 100; line += 0.5) {
      const flagged = cases.filter((one) => (one.score as number) < line);
      const found = flagged.filter((one) => one.isChurned).length;
      if (flagged.length < 10 || 1 - found / flagged.length > 0.3) continue;
      expect(healthyFrom?.recall).toBeGreaterThanOrEqual(found / churned);
    }
    expect(curve.length).toBe(299);
  });

  it("is what trying every line by counting finds, also between scores a rounding error apart", () => {
    const score = fc
      .tuple(fc.integer({ min: 0, max: 12 }), fc.nat(2))
      .map(([whole, steps]) => whole + 1 + steps * Number.EPSILON);
    const row = fc.record({ score, isChurned: fc.boolean() });
    const budget = fc.double({ min: 0.05, max: 0.95, noNaN: true });
    fc.assert(
      fc.property(fc.array(row, { minLength: 24, maxLength: 50 }), budget, (given, share) => {
        const found = suggestThresholds(given.map(evaluationCase), share);
        const churned = given.filter(({ isChurned }) => isChurned).length;
        fc.pre(Math.min(churned, given.length - churned) >= 10);
        const below = (line: number) => {
          const flagged = given.filter((one) => one.score < line);
          const lost = flagged.filter(({ isChurned }) => isChurned).length;
          const falseAlarmShare = 1 - lost / flagged.length;
          return { flagged: flagged.length, recall: lost / churned, falseAlarmShare };
        };
        for (const { threshold, ...point } of found.curve) expect(below(threshold)).toEqual(point);
        // A line at a score flags what is below it; there is no other way to part the scores.
        const scores = [...new Set(given.map((one) => one.score))].sort((a, b) => a - b);
        const lines = scores.slice(1).map(below);
        expect(found.curve.map(({ threshold: _, ...point }) => point)).toEqual(lines);
        const most = (least: number) =>
          Math.max(
            -1,
            ...lines
              .filter((line) => line.flagged >= 10 && line.falseAlarmShare <= least)
              .map(({ recall }) => recall),
          );
        expect(found.healthyFrom?.recall ?? -1).toBe(most(share));
        expect(found.criticalBelow?.recall ?? -1).toBe(most(share / 2));
        expect(found.status).toBe(found.healthyFrom ? "ok" : "not-reachable");
      }),
    );
  });

  it("agrees with scikit-learn's curve of precision and recall", () => {
    const { curve } = suggestThresholds(tiedCases(), 0.5);
    // sklearn.metrics.precision_recall_curve(y, -x) without its last line, which flags everybody
    const precision = [
      1.0, 0.5, 0.666666666667, 0.75, 0.8, 0.666666666667, 0.714285714286, 0.666666666667, 0.7,
      0.636363636364, 0.666666666667, 0.615384615385, 0.6, 0.625, 0.588235294118, 0.611111111111,
      0.578947368421, 0.6, 0.571428571429, 0.545454545455, 0.521739130435, 0.5, 0.48,
    ];
    const recall = [
      0.083333333333, 0.083333333333, 0.166666666667, 0.25, 0.333333333333, 0.333333333333,
      0.416666666667, 0.5, 0.583333333333, 0.583333333333, 0.666666666667, 0.666666666667, 0.75,
      0.833333333333, 0.833333333333, 0.916666666667, 0.916666666667, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0,
    ];
    expect(curve).toHaveLength(precision.length);
    for (const [i, point] of curve.entries()) {
      expect(1 - point.falseAlarmShare).toBeCloseTo(precision[i] as number, 10);
      expect(point.recall).toBeCloseTo(recall[i] as number, 10);
    }
  });

  it("says when no line is good enough, and when there are too few outcomes", () => {
    const turned = lawfulCases(200, "turned").map((one) => ({
      ...one,
      score: 100 - (one.score as number),
    }));
    expect(suggestThresholds(turned, 0.05).status).toBe("not-reachable");
    expect(suggestThresholds([], 0.3).status).toBe("too-few-outcomes");
    expect(() => suggestThresholds([], 1)).toThrow(RangeError);
  });
});
