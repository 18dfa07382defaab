import { describe, expect, it } from "vitest";
import { DEFAULT_MODEL } from "../model/default-model.ts";
import type { ScoringModel } from "../model/model.ts";
import { buildNorms, priorNorms } from "../norms/build-norms.ts";
import { measureSignals } from "../signals/measure-signals.ts";
import type { MeasuredSignal } from "../signals/measured-signal.ts";
import { NOW } from "../testing/arbitrary.ts";
import { createScorer, scoreAccount } from "./score-account.ts";

/** Two components of equal weight, each a target from 0–10 to 0–100, so that scores can be seen by eye. */
const PLAIN: ScoringModel = {
  ...DEFAULT_MODEL,
  version: "plain",
  overrides: [],
  minCoverage: 0,
  minAgeDays: 7,
  signals: ["a", "b", "c"].map((key) => ({
    key,
    label: key.toUpperCase(),
    kind: "external",
    series: key,
    aggregate: "last",
    windowDays: 30,
    halfLifeDays: null,
    staleAfterDays: 100,
    per: "account",
    prior: [0, 2, 4, 5, 6, 8, 10],
  })),
  components: [
    { key: "one", label: "One", weight: 0.5, signals: [part("a"), part("b")] },
    { key: "two", label: "Two", weight: 0.5, signals: [part("c")] },
  ],
};

function part(signal: string) {
  const points: [number, number][] = [
    [0, 0],
    [10, 100],
  ];
  return {
    signal,
    weight: 1,
    normaliser: { kind: "target" as const, points },
    direction: "higher" as const,
  };
}

function signal(key: string, value: number | null): MeasuredSignal {
  const status = value === null ? "missing" : "ok";
  return { key, value, unit: "", sampleSize: value === null ? 0 : 8, observedAt: NOW, status };
}

function plain(values: Record<string, number | null>, model = PLAIN) {
  return scoreAccount({
    accountId: "acme",
    createdAt: 0,
    segments: [],
    signals: Object.entries(values).map(([key, value]) => signal(key, value)),
    model,
    norms: priorNorms(model, NOW),
    now: NOW,
  });
}

describe("scoreAccount", () => {
  it("is the weighted mean of the components", () => {
    const result = plain({ a: 4, b: 6, c: 10 });
    expect(result.score).toBe(75);
    expect(result.components.map((one) => [one.value, one.effectiveWeight])).toEqual([
      [50, 0.5],
      [100, 0.5],
    ]);
    expect(result.coverage).toBe(1);
    expect(result.band).toEqual([75, 75]);
  });

  it("gives the weight of a missing signal to its component, then of a component to the others", () => {
    expect(plain({ a: null, b: 6, c: 10 })).toMatchObject({ score: 80, coverage: 0.75 });
    expect(plain({ a: null, b: null, c: 9 })).toMatchObject({ score: 90, coverage: 0.5 });
  });

  it("spans the band between the population's tenth and ninetieth hundredth of what is missing", () => {
    const { band, score: value } = plain({ a: 5, b: 5, c: null });
    expect(value).toBe(50);
    // quantiles of the prior: 1.2 and 8.8 of 10, with half of the weight
    expect(band?.[0]).toBeCloseTo(0.5 * 50 + 0.5 * 12, 0);
    expect(band?.[1]).toBeCloseTo(0.5 * 50 + 0.5 * 88, 0);
  });

  it("is unknown without evidence, and shows no number", () => {
    const strict = { ...PLAIN, minCoverage: 0.6 };
    expect(plain({ a: null, b: null, c: 9 }, strict)).toMatchObject({
      score: null,
      tier: "unknown",
      unknownBecause: "too-little-evidence",
      band: null,
      baseline: null,
      drivers: [],
    });
    expect(plain({})).toMatchObject({ tier: "unknown", coverage: 0, confidence: 0 });
  });

  it("is unknown for an account younger than the model allows", () => {
    const norms = priorNorms(PLAIN, NOW);
    const account = {
      accountId: "a",
      segments: [],
      signals: [signal("c", 9)],
      model: PLAIN,
      norms,
      now: NOW,
    };
    const days = (age: number) => NOW - age * 86_400_000;
    expect(scoreAccount({ ...account, createdAt: days(6.9) }).unknownBecause).toBe("too-young");
    expect(scoreAccount({ ...account, createdAt: days(7) }).score).toBe(90);
  });

  it("stays known in the default model when nobody answered", () => {
    const usage = Array.from({ length: 60 }, (_, i) => ({
      userId: "ada",
      day: Math.floor(NOW / 86_400_000) - i,
      event: "Feature Used",
      feature: "export",
      count: 3,
      engagedSeconds: 9,
    }));
    const facts = { accountId: "a", createdAt: 0, seats: 1, segments: [], usage, responses: [] };
    const signals = measureSignals({ facts, model: DEFAULT_MODEL, now: NOW });
    const norms = priorNorms(DEFAULT_MODEL, NOW);
    const result = scoreAccount({ ...facts, signals, model: DEFAULT_MODEL, norms, now: NOW });
    expect(result.coverage).toBeCloseTo(0.75, 12);
    expect(result.score).not.toBeNull();
  });

  it("compares with the account's own past where it is given", () => {
    const norms = priorNorms(PLAIN, NOW);
    const account = { accountId: "a", createdAt: 0, segments: [], model: PLAIN, norms, now: NOW };
    const signals = [signal("a", 5), signal("b", 5), signal("c", 5)];
    const result = scoreAccount({ ...account, signals, baseline: { one: 80, two: 40 } });
    expect(result.baseline).toBe(60);
    expect(result.drivers.map(({ key, contribution }) => [key, contribution])).toEqual([
      ["one", -15],
      ["two", 5],
    ]);
  });

  it("takes a tenth of the mean for the spread of an account that hardly varied", () => {
    const model = {
      ...PLAIN,
      components: PLAIN.components.map((component) => ({
        ...component,
        signals: [{ ...part("c"), normaliser: { kind: "own_baseline" as const } }],
      })),
    };
    const scoreOf = (value: number) => {
      const own = { mean: 10, sd: 1e-6, windows: 6 };
      const signals = [{ ...signal("c", value), own }];
      const norms = priorNorms(model, NOW);
      const account = { accountId: "a", createdAt: 0, segments: [], signals, now: NOW };
      return scoreAccount({ ...account, model, norms }).score;
    };
    expect(scoreOf(10)).toBe(50);
    expect(scoreOf(11)).toBeCloseTo(50 + 50 * Math.tanh(0.5), 9);
  });

  it("shows a rule that caps the score as a driver", () => {
    const when = { signal: "a", measure: "value" as const, is: "below" as const, bound: 3 };
    const capped = { ...PLAIN, overrides: [{ key: "low-a", label: "Low A", when, cap: 30 }] };
    const result = plain({ a: 2, b: 10, c: 10 }, capped);
    expect(result.score).toBe(30);
    expect(result.drivers[0]).toMatchObject({ key: "low-a", kind: "override", contribution: -50 });
    expect(plain({ a: 4, b: 10, c: 10 }, capped).score).toBe(85);
  });

  it("refuses NaN, and signals that the model lacks", () => {
    expect(() => plain({ a: Number.NaN, b: 1, c: 1 })).toThrow(RangeError);
    const broken = { ...PLAIN, signals: PLAIN.signals.slice(1) };
    expect(() => plain({ b: 1 }, broken)).toThrow(RangeError);
  });

  it("says in words what moved it", () => {
    const [driver] = plain({ a: 0, b: 0, c: 5 }).drivers;
    expect(driver?.sentence).toBe("One −25: a 0, typical 5; b 0, typical 5");
  });
});

describe("createScorer", () => {
  it("gives a segment with norms of its own another reference", () => {
    const model = {
      ...PLAIN,
      referenceSegments: ["big"],
      components: PLAIN.components.map((component) => ({
        ...component,
        signals: component.signals.map((one) => ({
          ...one,
          normaliser: { kind: "percentile" as const },
        })),
      })),
    };
    const rows = Array.from({ length: 400 }, (_, i) => ({
      accountId: `${i}`,
      segments: i < 200 ? ["big"] : [],
      signals: ["a", "b", "c"].map((key) => signal(key, i < 200 ? 100 + i : i - 200)),
    }));
    const norms = buildNorms({ rows, model, now: NOW });
    const scorer = createScorer({ model, norms });
    const account = {
      accountId: "x",
      createdAt: 0,
      signals: ["a", "b", "c"].map((key) => signal(key, 200)),
      now: NOW,
    };
    const amongBig = scorer.score({ ...account, segments: ["big"] }).score as number;
    const amongAll = scorer.score({ ...account, segments: [] }).score as number;
    const [driver] = scorer.score({ ...account, segments: ["big"] }).drivers;
    const typical = Math.round(10 * (norms.segments.big?.a?.median as number)) / 10;
    expect(driver?.sentence).toContain(`typical ${typical};`);
    expect(amongBig).toBeLessThan(60);
    expect(amongAll).toBeGreaterThan(70);
  });
});
