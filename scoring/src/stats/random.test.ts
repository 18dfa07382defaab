import { describe, expect, it } from "vitest";
import { createRandom } from "./random.ts";

describe("createRandom", () => {
  it("gives the published numbers of pcg32 for state 42 and stream 54", () => {
    const random = createRandom([0, 42, 0, 54]);
    // pcg-c-basic, pcg32-demo, round 1
    expect(Array.from({ length: 6 }, () => random.bits())).toEqual([
      0xa15c02b7, 0x7b47f409, 0xba1d3330, 0x83d2f293, 0xbfa4784b, 0xcbed606e,
    ]);
  });

  it("repeats itself for the same seed and not for another", () => {
    const draw = (seed: string) => Array.from({ length: 5 }, createRandom(seed).uniform);
    expect(draw("a")).toEqual(draw("a"));
    expect(draw("a")).not.toEqual(draw("b"));
  });

  it("has the mean and variance of the distributions it names", () => {
    const random = createRandom("moments");
    const n = 20_000;
    const moments = (draw: () => number): [number, number] => {
      const values = Array.from({ length: n }, draw);
      const mean = values.reduce((a, b) => a + b) / n;
      return [mean, values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / n];
    };
    // Four standard errors of a mean of n draws.
    const near = (value: number, expected: number, sd: number) =>
      expect(Math.abs(value - expected)).toBeLessThan((4 * sd) / Math.sqrt(n));
    const [uniformMean, uniformVariance] = moments(random.uniform);
    near(uniformMean, 0.5, Math.sqrt(1 / 12));
    near(uniformVariance, 1 / 12, 0.075);
    const [normalMean, normalVariance] = moments(random.normal);
    near(normalMean, 0, 1);
    near(normalVariance, 1, Math.SQRT2);
    for (const mean of [0.3, 8, 100]) {
      const [poissonMean, poissonVariance] = moments(() => random.poisson(mean));
      near(poissonMean, mean, Math.sqrt(mean));
      near(poissonVariance, mean, Math.sqrt(mean + 2 * mean * mean));
    }
  });
});
