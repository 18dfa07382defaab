import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { lawfulCases } from "../testing/cases.ts";
import { range } from "../testing/spec.ts";
import { assignFolds } from "./assign-folds.ts";
import { crossValidate } from "./cross-validate.ts";

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
