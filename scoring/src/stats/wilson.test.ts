import { describe, expect, it } from "vitest";
import { range } from "../testing/spec.ts";
import { mean } from "./moments.ts";
import { newcombeInterval, pairedInterval, wilsonInterval } from "./wilson.ts";

describe("wilsonInterval", () => {
  it.each([
    [8, 10, 0.4901624715366418, 0.9433178485456248],
    [0, 20, 0, 0.16112515805281935],
  ])("of %s in %s agrees with scipy.stats.binomtest", (count, total, low, high) => {
    const interval = wilsonInterval(count, total);
    expect(interval[0]).toBeCloseTo(low, 9);
    expect(interval[1]).toBeCloseTo(high, 9);
  });

  it("refuses what is no share", () => {
    expect(() => wilsonInterval(3, 2)).toThrow(RangeError);
    expect(() => wilsonInterval(0, 0)).toThrow(RangeError);
  });
});

/** The probabilities of 0 to n successes. */
function binomial(n: number, p: number): number[] {
  const found = [(1 - p) ** n];
  for (let k = 1; k <= n; k++) {
    found.push((((found[k - 1] as number) * (n - k + 1)) / k) * (p / (1 - p)));
  }
  return found;
}

describe("newcombeInterval", () => {
  // Newcombe 1998, table II, method 10; statsmodels 0.15 confint_proportions_2indep(…, method="newcomb") has more digits.
  it.each([
    [56, 70, 48, 80, 0.05243147240236498, 0.33387265403690614],
    [9, 10, 3, 10, 0.1705227239345029, 0.809017973535488],
    [5, 56, 0, 29, -0.038137147903536936, 0.19256001385511165],
    [10, 10, 0, 20, 0.6790860371419145, 1],
  ])("of %s in %s against %s in %s is the published one", (a, n, b, m, low, high) => {
    const interval = newcombeInterval([a, n], [b, m]);
    expect(interval[0]).toBeCloseTo(low, 9);
    expect(interval[1]).toBeCloseTo(high, 9);
    const turned = newcombeInterval([b, m], [a, n]);
    expect(turned[0]).toBeCloseTo(-high, 9);
  });

  it("covers true differences about as often as it says, by the exact binomial law", () => {
    const shares = [0.03, 0.1, 0.3, 0.6, 0.9, 0.97];
    const covered = [
      [10, 40],
      [12, 100],
      [20, 30],
    ].flatMap(([n = 0, m = 0]) => {
      const ends = range(0, n).map((a) => range(0, m).map((b) => newcombeInterval([a, n], [b, m])));
      return shares.flatMap((p) =>
        shares.map((q) => {
          const [ofA, ofB] = [binomial(n, p), binomial(m, q)];
          let inside = 0;
          ends.forEach((row, a) => {
            row.forEach(([low, high], b) => {
              if (low > p - q || high < p - q) return;
              inside += (ofA[a] as number) * (ofB[b] as number);
            });
          });
          return inside;
        }),
      );
    });
    expect(mean(covered)).toBeGreaterThan(0.945);
    expect(Math.min(...covered)).toBeGreaterThan(0.88);
  });
});

describe("pairedInterval", () => {
  const pairsOf = (both: number, oneOnly: number, otherOnly: number, neither: number) => [
    ...range(1, both).map(() => ({ one: true, other: true })),
    ...range(1, oneOnly).map(() => ({ one: true, other: false })),
    ...range(1, otherOnly).map(() => ({ one: false, other: true })),
    ...range(1, neither).map(() => ({ one: false, other: false })),
  ];

  it("is Newcombe's published one of 36, 12, 2 and 0 pairs, and turns with the sides", () => {
    const [low, high] = pairedInterval(pairsOf(36, 12, 2, 0));
    expect(low).toBeCloseTo(0.0569, 4);
    expect(high).toBeCloseTo(0.3404, 4);
    const turned = pairedInterval(pairsOf(36, 2, 12, 0));
    expect(turned[0]).toBeCloseTo(-high, 12);
    expect(turned[1]).toBeCloseTo(-low, 12);
  });

  it.each([
    [0.5, 0.2, 0.1, 0.2],
    [0.3, 0.3, 0.05, 0.35],
    [0.05, 0.1, 0.02, 0.83],
  ])("covers the truth of %s, %s, %s and %s by the exact multinomial law", (...shares) => {
    const n = 12;
    const [p = 0, q = 0, r = 0, s = 0] = shares;
    const factorials = range(0, n).map((k) => range(1, k).reduce((a, b) => a * b, 1));
    const outOf = (k: number) => factorials[k] as number;
    let covered = 0;
    for (let a = 0; a <= n; a++) {
      for (let b = 0; b <= n - a; b++) {
        for (let c = 0; c <= n - a - b; c++) {
          const d = n - a - b - c;
          const [low, high] = pairedInterval(pairsOf(a, b, c, d));
          if (low > q - r || high < q - r) continue;
          const ways = outOf(n) / (outOf(a) * outOf(b) * outOf(c) * outOf(d));
          covered += ways * p ** a * q ** b * r ** c * s ** d;
        }
      }
    }
    expect(covered).toBeGreaterThan(0.94);
  });
});
