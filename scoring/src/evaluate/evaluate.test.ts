import { describe, expect, it } from "vitest";
import { MS_PER_DAY } from "../facts.ts";
import { rankCorrelation } from "../stats/correlation.ts";
import { createRandom } from "../stats/random.ts";
import { evaluationCase, lawfulCases, tiedCases } from "../testing/cases.ts";
import { calibrationCurve } from "./calibration-curve.ts";
import { type EvaluationFigures, evaluate } from "./evaluate.ts";
import { assessFairness } from "./fairness.ts";

/** Numbers of churned and stayed accounts, flagged or not. */
function table({
  hit,
  missed,
  falseAlarm,
  calm,
}: Record<"hit" | "missed" | "falseAlarm" | "calm", number>) {
  const make = (count: number, score: number, isChurned: boolean, tag: string) =>
    Array.from({ length: count }, (_, i) =>
      evaluationCase({
        accountId: `${tag}${i}`,
        score,
        isChurned,
        outcomeAt: 100 * MS_PER_DAY,
        firstFlaggedAt: score < 70 ? (60 - i) * MS_PER_DAY : null,
      }),
    );
  return [
    ...make(hit, 30, true, "h"),
    ...make(missed, 80, true, "m"),
    ...make(falseAlarm, 50, false, "f"),
    ...make(calm, 90, false, "c"),
  ];
}

describe("evaluate", () => {
  const cases = table({ hit: 15, missed: 5, falseAlarm: 10, calm: 70 });
  const { overall, outcomes } = evaluate({ cases, seed: "s", replicates: 100 });

  it("has the figures of the confusion table, each by its two names", () => {
    expect(outcomes).toEqual({ n: 100, churned: 20, stayed: 80, flagged: 25 });
    expect(overall.predictionAccuracy).toMatchObject({ value: 0.75, n: 100, status: "ok" });
    expect(overall.falsePositiveRate.value).toBe(0.4);
    expect(overall.textbookFalsePositiveRate.value).toBe(0.125);
    expect(overall.coverage.value).toBe(1);
  });

  it("has the area by hand: pairs in order, ties none", () => {
    // churned 15 × 30 and 5 × 80; stayed 10 × 50 and 70 × 90
    const wins = 15 * 80 + 5 * 70;
    expect(overall.areaUnderCurve.value).toBeCloseTo(wins / (20 * 80), 12);
    expect(overall.brier.value).toBeCloseTo(
      (15 * 0.3 ** 2 + 5 * 0.8 ** 2 + 10 * 0.5 ** 2 + 70 * 0.1 ** 2) / 100,
      12,
    );
    expect(overall.pointBiserial.value).toBeGreaterThan(0.5);
  });

  it("agrees with SciPy on scores with ties", () => {
    const { overall: found } = evaluate({
      cases: tiedCases(),
      seed: "s",
      replicates: 10,
      probabilityOf: (score) => 1 / (1 + Math.exp((score - 50) / 10)),
    });
    // scipy.stats 1.17.1: mannwhitneyu ÷ (12 · 14), pointbiserialr, spearmanr; numpy: mean((p − y)²), Σ ΔR·P over distinct scores
    expect(found.areaUnderCurve.value).toBeCloseTo(0.7559523809523809, 12);
    expect(found.pointBiserial.value).toBeCloseTo(0.4285667875435914, 12);
    expect(found.spearman.value).toBeCloseTo(0.44248757356255564, 12);
    expect(found.brier.value).toBeCloseTo(0.2186102553773172, 12);
    expect(found.averagePrecision.value).toBeCloseTo(0.7000330687830688, 12);
    expect(found.textbookFalsePositiveRate.value).toBeCloseTo(9 / 14, 12);
  });

  it("has Spearman's correlation of ranks, as ranking both sides does", () => {
    const expected = rankCorrelation(
      cases.map((one) => one.score as number),
      cases.map((one) => (one.isChurned ? 0 : 1)),
    );
    expect(overall.spearman.value).toBeCloseTo(expected as number, 12);
  });

  it("has the median lead of those that were found", () => {
    // first flags on days 60 … 46 before day 100
    expect(overall.leadTimeDays.value).toBe(47);
  });

  it("puts every figure in its interval", () => {
    for (const { value, interval } of Object.values(overall)) {
      if (value === null || !interval) continue;
      expect(interval[0]).toBeLessThanOrEqual(value + 1e-12);
      expect(interval[1]).toBeGreaterThanOrEqual(value - 1e-12);
    }
  });

  it("is not sure of a share because all of a few were found", () => {
    const few = evaluate({
      cases: table({ hit: 12, missed: 0, falseAlarm: 5, calm: 20 }),
      seed: "s",
      replicates: 20,
    });
    // scipy.stats.binomtest(12, 12).proportion_ci(method="wilson")
    expect(few.overall.predictionAccuracy.value).toBe(1);
    expect(few.overall.predictionAccuracy.interval?.[0]).toBeCloseTo(0.7575059933447587, 9);
  });

  it("is as sure of an account that is seen three times as of one that is seen once", () => {
    const once = lawfulCases(60, "thrice");
    const thrice = once.flatMap((one) => [1, 2, 3].map((outcomeAt) => ({ ...one, outcomeAt })));
    const [a, b] = [once, thrice].map(
      (list) => evaluate({ cases: list, seed: "s", replicates: 50 }).overall,
    );
    for (const name of Object.keys(a ?? {}) as (keyof EvaluationFigures)[]) {
      for (const [i, end] of a?.[name].interval?.entries() ?? []) {
        expect(b?.[name].interval?.[i], name).toBeCloseTo(end, 9);
      }
    }
    expect(a?.areaUnderCurve.interval).not.toBeNull();
  });

  it("says too few outcomes under ten of either class", () => {
    const few = evaluate({
      cases: table({ hit: 9, missed: 0, falseAlarm: 50, calm: 50 }),
      seed: "s",
    });
    expect(few.overall.areaUnderCurve).toEqual({
      status: "too-few-outcomes",
      value: null,
      interval: null,
      n: 109,
    });
    expect(evaluate({ cases: [], seed: "s" }).overall.coverage.status).toBe("too-few-outcomes");
  });

  it("is the same for the same seed, in any order, and per segment", () => {
    const lawful = lawfulCases(200, "order");
    const first = evaluate({ cases: lawful, seed: "s", replicates: 50 });
    expect(evaluate({ cases: [...lawful].reverse(), seed: "s", replicates: 50 })).toEqual(first);
    expect(Object.keys(first.segments)).toEqual(["even", "odd"]);
    expect(first.segments.even?.n).toBe(100);
  });

  it("counts accounts without a score against coverage and recall, not against the area", () => {
    const unknown = Array.from({ length: 20 }, (_, i) =>
      evaluationCase({ accountId: `u${i}`, score: null, isChurned: true }),
    );
    const { overall: wider } = evaluate({
      cases: [...cases, ...unknown],
      seed: "s",
      replicates: 20,
    });
    expect(wider.coverage.value).toBeCloseTo(100 / 120, 12);
    expect(wider.predictionAccuracy.value).toBe(15 / 40);
    expect(wider.areaUnderCurve.value).toBe(overall.areaUnderCurve.value);
  });
});

describe("calibrationCurve", () => {
  it("agrees with NumPy and SciPy", () => {
    const [low, high, ...more] = calibrationCurve(tiedCases(), (score) => 1 - score / 100, 2);
    expect(more).toEqual([]);
    // numpy.array_split(numpy.argsort(x, kind="stable"), 2); scipy.stats.binomtest(k, n).proportion_ci(method="wilson")
    expect(low).toMatchObject({ from: 12, to: 55, n: 13 });
    expect(low?.observed).toBeCloseTo(0.6153846153846154, 12);
    expect(low?.predicted).toBeCloseTo(0.6361538461538461, 12);
    expect(low?.interval[0]).toBeCloseTo(0.3552289151266569, 9);
    expect(low?.interval[1]).toBeCloseTo(0.8229029220223744, 9);
    expect(high).toMatchObject({ from: 58, to: 90, n: 13 });
    expect(high?.observed).toBeCloseTo(0.3076923076923077, 12);
    expect(high?.predicted).toBeCloseTo(0.30961538461538457, 12);
    expect(high?.interval[0]).toBeCloseTo(0.12680703655710512, 9);
    expect(high?.interval[1]).toBeCloseTo(0.5763065681945096, 9);
  });

  it("finds a true law within the intervals of nearly all groups", () => {
    const law = (score: number) => 1 / (1 + Math.exp((score - 50) / 10));
    const curve = calibrationCurve(lawfulCases(4000, "curve"), law);
    expect(curve).toHaveLength(10);
    const inside = curve.filter(
      ({ predicted, interval }) => predicted >= interval[0] && predicted <= interval[1],
    );
    expect(inside.length).toBeGreaterThanOrEqual(8);
    expect(calibrationCurve([], law)).toEqual([]);
  });
});

describe("assessFairness", () => {
  it("finds the segment in which churn is missed", () => {
    const fair = table({ hit: 30, missed: 10, falseAlarm: 10, calm: 50 });
    const unfair = table({ hit: 5, missed: 35, falseAlarm: 10, calm: 50 });
    const tag = (list: typeof fair, segment: string) =>
      list.map((one) => ({ ...one, accountId: segment + one.accountId, segments: [segment] }));
    const found = assessFairness({
      cases: [...tag(fair, "big"), ...tag(unfair, "small")],
      seed: "s",
      replicates: 200,
    });
    const small = found.find((one) => one.segment === "small");
    expect(small?.recall.gap).toBeCloseTo(5 / 40 - 30 / 40, 12);
    expect(small?.recall.isNotable).toBe(true);
    expect(small?.coverage).toMatchObject({ gap: 0, isNotable: false });
  });

  it("agrees with statsmodels and SciPy on the intervals", () => {
    const tag = (list: ReturnType<typeof table>, segment: string) =>
      list.map((one) => ({ ...one, accountId: segment + one.accountId, segments: [segment] }));
    const cases = [
      ...tag(table({ hit: 30, missed: 10, falseAlarm: 10, calm: 50 }), "big"),
      ...tag(table({ hit: 5, missed: 35, falseAlarm: 10, calm: 50 }), "small"),
    ];
    const small = assessFairness({ cases, seed: "s", replicates: 2000 })[1];
    const expectEnds = (
      interval: readonly number[] | null | undefined,
      ends: number[],
      digits = 9,
    ) => {
      for (const [i, end] of ends.entries()) expect(interval?.[i]).toBeCloseTo(end, digits);
    };
    // statsmodels.stats.proportion.confint_proportions_2indep(5, 40, 30, 40, method="newcomb"); (10, 15, 10, 40)
    expectEnds(small?.recall.interval, [-0.7540298570259677, -0.4210033651838759]);
    expectEnds(small?.falseAlarms.interval, [0.12451694342564928, 0.6279946996599077]);
    // scipy.stats.binomtest(5, 40).proportion_ci(method="wilson")
    expectEnds(small?.recall.segment.interval, [0.05459500250945404, 0.26112119838851094]);
    // scipy.stats.ttest_ind(small, big, equal_var=False).confidence_interval(), which samples come near
    expectEnds(small?.meanScore.interval, [6.269125384862323, 18.730874615137676], 0);
  });

  it("tells of a gap that every sample has alike, not of one that rests on a single account", () => {
    const group = (segment: string, scores: (number | null)[]) =>
      scores.map((score, i) =>
        evaluationCase({ accountId: `${segment}${i}`, segments: [segment], score }),
      );
    const gapOf = (small: (number | null)[]) =>
      assessFairness({
        cases: [...group("big", Array(12).fill(80.1)), ...group("small", small)],
        seed: "s",
        replicates: 100,
      })[1]?.meanScore;
    expect(gapOf(Array(12).fill(20))).toMatchObject({ interval: null, isNotable: true });
    expect(gapOf([20, ...Array(11).fill(null)])).toMatchObject({
      interval: null,
      isNotable: false,
    });
    expect(gapOf(Array(12).fill(80.1))).toMatchObject({ gap: 0, interval: null, isNotable: false });
  });

  it("tells of mean scores that are ten points apart, not of a few", () => {
    const random = createRandom("points");
    const group = (segment: string, centre: number) =>
      Array.from({ length: 60 }, (_, i) =>
        evaluationCase({
          accountId: `${segment}${i}`,
          segments: [segment],
          score: centre + random.normal(),
        }),
      );
    const isNotable = (centre: number) =>
      assessFairness({
        cases: [...group("a", 50), ...group("b", centre)],
        seed: "s",
        replicates: 50,
      })[0]?.meanScore.isNotable;
    expect([45, 38].map(isNotable)).toEqual([false, true]);
  });

  it("leaves out a segment of a few accounts, however often they were seen", () => {
    const cases = lawfulCases(100, "few").map((one, i) => ({
      ...one,
      accountId: i < 30 ? `few-${i % 3}` : one.accountId,
      segments: i < 30 ? ["few"] : ["many"],
    }));
    expect(assessFairness({ cases, seed: "s", replicates: 10 })).toEqual([]);
  });

  it("finds nothing where the law is the same", () => {
    const found = assessFairness({ cases: lawfulCases(400, "fair"), seed: "s", replicates: 100 });
    expect(found.some((one) => one.recall.isNotable || one.meanScore.isNotable)).toBe(false);
    expect(assessFairness({ cases: [], seed: "s" })).toEqual([]);
  });
});
