import { describe, expect, it } from "vitest";
import { DAY, measurement, range, signalSpec, usageAt } from "../testing/spec.ts";
import { measureVelocity } from "./velocity.ts";

describe("measureVelocity", () => {
  const spec = signalSpec("velocity", { windowDays: 90 });
  const daily = (from: number, to: number, count: number) => usageAt(range(from, to), { count });

  it("is 0 for a steady account, of any size", () => {
    for (const count of [1, 100]) {
      const { value } = measureVelocity(measurement(spec, { usage: daily(1, 90, count) }));
      expect(value).toBeCloseTo(0, 10);
    }
  });

  it("is the log ratio of the two exponential means, drawn to 0 by twenty uses", () => {
    const usage = [...daily(1, 7, 50), ...daily(8, 90, 100)];
    const weighted = (halfLife: number) => {
      let sum = 0;
      let weights = 0;
      for (let age = 1; age <= 90; age++) {
        const weight = 0.5 ** ((age - 1) / halfLife);
        sum += weight * (age <= 7 ? 50 : 100);
        weights += weight;
      }
      return { mean: sum / weights, weights };
    };
    const fast = weighted(7);
    const expected = Math.log(
      (fast.mean * fast.weights + 20) / (weighted(28).mean * fast.weights + 20),
    );
    expect(measureVelocity(measurement(spec, { usage })).value).toBeCloseTo(expected, 10);
    expect(expected).toBeLessThan(-0.15);
  });

  it("swings less on a handful of events", () => {
    const fall = (count: number) =>
      measureVelocity(measurement(spec, { usage: daily(15, 90, count) })).value as number;
    expect(fall(1)).toBeGreaterThan(fall(50));
    expect(fall(50)).toBeLessThan(-0.8);
  });

  it("does not look at today, which is not over", () => {
    const usage = daily(1, 60, 5);
    const busy = [...usage, ...usageAt([0], { count: 999 })];
    expect(measureVelocity(measurement(spec, { usage: busy })).value).toBe(
      measureVelocity(measurement(spec, { usage })).value,
    );
  });

  it("is missing before two weeks, and when all is silent", () => {
    const createdAt = (DAY - 13) * 86_400_000;
    expect(
      measureVelocity(measurement(spec, { createdAt, usage: daily(1, 13, 5) })).value,
    ).toBeNull();
    expect(measureVelocity(measurement(spec, { usage: daily(100, 120, 5) })).value).toBeNull();
  });
});
