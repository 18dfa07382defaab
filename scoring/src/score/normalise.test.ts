import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Normaliser } from "../model/normaliser.ts";
import { toDistribution } from "../norms/distribution.ts";
import { createScale } from "./normalise.ts";
import { createLineScale } from "./scale.ts";

const POPULATION = [475, 89, 101, 7, 3, 21, 2, 149, 223, 1, 13, 9, 37];

describe("the scale of p90_exponential by hand", () => {
  const p90Exponential = (raw: number, p90: number, k = 2) =>
    createScale(
      { signal: "s", weight: 1, normaliser: { kind: "p90_exponential", k }, direction: "higher" },
      { ...toDistribution(POPULATION), p90 },
    )?.at(raw);

  it("has its hundred at the 90th percentile of the published test set, 208", () => {
    const { p90 } = toDistribution(POPULATION);
    expect(p90).toBeCloseTo(208.2, 10); // numpy.percentile(set, 90), R quantile(set, .9)
    expect(p90Exponential(p90, p90)).toBe(100);
    expect(p90Exponential(475, p90)).toBe(100);
  });

  it.each([
    // 1 + 99 (1 − e^(−k r)) / (1 − e^(−k))
    [0, 2, 1],
    [0.5, 2, 1 + (99 * (1 - Math.exp(-1))) / (1 - Math.exp(-2))],
    [0.25, 5, 1 + (99 * (1 - Math.exp(-1.25))) / (1 - Math.exp(-5))],
    [0.5, 0, 50.5],
    [0.3, 1e-9, 30.7],
  ])("at r = %s and k = %s is %s", (r, k, expected) => {
    expect(p90Exponential(r * 208.2, 208.2, k)).toBeCloseTo(expected, 6);
  });

  it("refuses a curvature out of range", () => {
    expect(() => p90Exponential(1, 1, -1)).toThrow(RangeError);
    expect(() => p90Exponential(1, 1, Number.NaN)).toThrow(RangeError);
  });

  it("says 50 where nobody has anything, and 100 for the first who does", () => {
    expect(p90Exponential(0, 0)).toBe(50);
    expect(p90Exponential(1, 0)).toBe(100);
  });
});

const NORMALISERS: Normaliser[] = [
  { kind: "percentile" },
  { kind: "zscore", robust: false },
  { kind: "zscore", robust: true },
  { kind: "minmax" },
  { kind: "p90_exponential" },
  { kind: "own_baseline" },
  {
    kind: "target",
    points: [
      [0, 10],
      [50, 60],
      [400, 90],
    ],
  },
];

describe.each(NORMALISERS)("the scale of $kind", (normaliser) => {
  const values = fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), {
    minLength: 1,
    maxLength: 40,
  });
  const any = fc.double({ min: -1e7, max: 1e7, noNaN: true });

  it("stays from 0 to 100 and never falls in the value", () => {
    fc.assert(
      fc.property(values, any, any, (population, a, b) => {
        const part = { signal: "s", weight: 1, normaliser, direction: "higher" as const };
        const scale = createScale(part, toDistribution(population));
        const low = scale?.at(Math.min(a, b)) as number;
        const high = scale?.at(Math.max(a, b)) as number;
        expect(low).toBeGreaterThanOrEqual(0);
        expect(high).toBeLessThanOrEqual(100);
        // The error function may step back in the last bit.
        expect(high).toBeGreaterThanOrEqual(low - 1e-9);
      }),
    );
  });
});

describe("createScale", () => {
  const scaleOf = (
    normaliser: Normaliser,
    population: number[],
    direction: "higher" | "lower" = "higher",
  ) => createScale({ signal: "s", weight: 1, normaliser, direction }, toDistribution(population));

  it.each<Normaliser>([
    { kind: "percentile" },
    { kind: "zscore", robust: true },
    { kind: "minmax" },
  ])("gives 50 to all of a population without spread by $kind", (normaliser) => {
    const scale = scaleOf(normaliser, [7, 7, 7]);
    expect([6, 7, 8].map((value) => scale?.at(value))).toEqual([0, 50, 100]);
  });

  it("finds no spread in equal values whose sum rounds", () => {
    const scale = scaleOf({ kind: "zscore", robust: false }, [0.1, 0.1, 0.1]);
    expect([0.09, 0.1, 0.11].map((value) => scale?.at(value))).toEqual([0, 50, 100]);
  });

  it("turns round where lower is healthier", () => {
    const scale = scaleOf({ kind: "minmax", low: 0, high: 1 }, [0, 1], "lower");
    expect(scale?.at(1)).toBe(0);
  });

  it("maps one standard deviation to 84.13, the normal probability", () => {
    const scale = scaleOf({ kind: "zscore", robust: false }, [-1, 0, 1]);
    expect(scale?.at(1)).toBeCloseTo(84.1344746068543, 10); // scipy.stats.norm.cdf(1)
  });

  it("has nothing to say without a population", () => {
    const part = { signal: "s", weight: 1, direction: "higher" as const };
    expect(createScale({ ...part, normaliser: { kind: "percentile" } }, null)).toBeNull();
  });
});

describe("createLineScale", () => {
  it("is linear between points and flat outside of them", () => {
    const points: [number, number][] = [
      [0, 0],
      [10, 50],
      [20, 100],
    ];
    expect([-5, 0, 5, 10, 15, 20, 99].map(createLineScale(points).at)).toEqual([
      0, 0, 25, 50, 75, 100, 100,
    ]);
  });
});
