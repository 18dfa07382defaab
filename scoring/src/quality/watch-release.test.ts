import { describe, expect, it } from "vitest";
import { createRandom } from "../stats/random.ts";
import { DAY, range, usageAt } from "../testing/spec.ts";
import { usageMove, watchRelease } from "./watch-release.ts";

describe("watchRelease", () => {
  const moves = (shift: number) => {
    const random = createRandom("release");
    return range(1, 120).map((i) => {
      const segments = [["a", "b", "c", "d"][i % 4] as string];
      return {
        accountId: `${i}`,
        segments,
        move: 0.2 * random.normal() + (i % 4 === 0 ? shift : 0),
      };
    });
  };

  it("finds the one segment that a release hurt", () => {
    const findings = watchRelease({ moves: moves(-0.4), seed: "r" });
    expect(findings.filter((one) => one.isRegression).map((one) => one.segment)).toEqual(["a"]);
    expect(findings[0]).toMatchObject({ n: 30, others: 90 });
  });

  it("finds none where nothing happened, and does not call a rise a regression", () => {
    expect(watchRelease({ moves: moves(0), seed: "r" }).some((one) => one.isRegression)).toBe(
      false,
    );
    expect(watchRelease({ moves: moves(0.4), seed: "r" })[0]).toMatchObject({
      segment: "a",
      isRegression: false,
    });
    expect(watchRelease({ moves: [], seed: "r" })).toEqual([]);
  });

  it("falls for one in ten worlds at most where nothing happened", () => {
    let alarms = 0;
    for (let world = 0; world < 20; world++) {
      const random = createRandom(`world ${world}`);
      const quiet = moves(0).map((one) => ({ ...one, move: random.normal() }));
      if (watchRelease({ moves: quiet, seed: `${world}` }).some((one) => one.isRegression))
        alarms++;
    }
    expect(alarms).toBeLessThanOrEqual(6);
  });
});

describe("usageMove", () => {
  it("is the log ratio of the weeks after to the weeks before", () => {
    const usage = [
      ...usageAt(range(1, 14), { count: 4 }),
      ...usageAt(range(16, 29), { count: 8 }),
      ...usageAt([15], { count: 999 }),
    ];
    expect(usageMove(usage, DAY - 15)).toBeCloseTo(Math.log((56 + 2) / (112 + 2)), 12);
    expect(usageMove([], DAY)).toBe(0);
  });
});
