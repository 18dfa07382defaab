import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createRandom } from "../stats/random.ts";
import { DAY, range, usageAt } from "../testing/spec.ts";
import { detectOutages } from "./detect-outages.ts";
import { cutSpikes, findSpikes } from "./spikes.ts";
import { usageMove, watchRelease } from "./watch-release.ts";

/** Ten weeks of a source with weekends at a fifth, then what the days are changed to. */
function source(change: Record<number, { events: number; accounts: number }> = {}, name = "usage") {
  return range(0, 69).map((age) => {
    const weekend = [1, 2].includes(age % 7);
    const noise = (age * 37) % 11;
    const usual = { events: (weekend ? 200 : 1000) + noise * 8, accounts: weekend ? 30 : 90 };
    return { source: name, day: DAY - age, ...usual, ...change[age] };
  });
}

const judge = (days: ReturnType<typeof source>) => detectOutages({ days, from: DAY - 6, to: DAY });

describe("detectOutages", () => {
  it("finds nothing in usual weeks, weekends too", () => {
    expect(judge(source())).toEqual([]);
  });

  it("calls it an outage when nearly all accounts fall silent at once", () => {
    const verdicts = judge(source({ 3: { events: 20, accounts: 4 } }));
    expect(verdicts).toMatchObject([{ source: "usage", day: DAY - 3, verdict: "outage" }]);
    expect(verdicts).toHaveLength(1);
  });

  it("calls it a shift when there is less from many, as on a holiday", () => {
    expect(judge(source({ 3: { events: 300, accounts: 60 } }))).toMatchObject([
      { verdict: "shift" },
    ]);
  });

  it("tells of a shift from five spreads below the usual", () => {
    const verdictOf = (events: number) => {
      const [found] = judge(source({ 3: { events, accounts: 60 } }));
      return found && [found.verdict, Math.round(10 * found.z) / 10];
    };
    // The usual is 1,044 events, its spread a tenth of that.
    expect([531, 514].map(verdictOf)).toEqual([undefined, ["shift", -5.1]]);
  });

  it("finds a day without any row", () => {
    expect(judge(source().filter((row) => row.day !== DAY))).toMatchObject([
      { day: DAY, verdict: "outage" },
    ]);
  });

  it("does not learn from days that were out", () => {
    const out = Object.fromEntries(range(0, 20).map((age) => [age, { events: 0, accounts: 0 }]));
    const verdicts = detectOutages({ days: source(out), from: DAY - 20, to: DAY });
    expect(verdicts.map(({ verdict }) => verdict)).toEqual(range(0, 20).map(() => "outage"));
  });

  it("does not judge a young or a small source", () => {
    const young = source().filter((row) => row.day > DAY - 15);
    expect(judge(young.filter((row) => row.day !== DAY))).toEqual([]);
    expect(
      judge(source().map((row) => ({ ...row, accounts: 3, events: row.day === DAY ? 0 : 9 }))),
    ).toEqual([]);
  });
});

describe("spikes", () => {
  const steady = usageAt(range(1, 40), { count: 10 });

  it("cuts a day that stands out to what still looks usual, and keeps its rows", () => {
    const usage = [
      ...steady,
      ...usageAt([0], { count: 300 }),
      ...usageAt([0], { count: 100, userId: "bob" }),
    ];
    expect(findSpikes(usage)).toEqual([{ day: DAY, uses: 400, limit: 22.5 }]);
    const cut = cutSpikes(usage).filter((row) => row.day === DAY);
    expect(cut.map((row) => row.count)).toEqual([(300 * 22.5) / 400, (100 * 22.5) / 400]);
  });

  it("finds nothing where nothing is usual yet, and leaves a steady account as it is", () => {
    expect(
      findSpikes([...usageAt(range(1, 13), { count: 1 }), ...usageAt([0], { count: 500 })]),
    ).toEqual([]);
    expect(cutSpikes(steady)).toBe(steady);
  });

  it("never adds to a day, and never takes from one below twice the mean", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 60 }), { maxLength: 60 }), (counts) => {
        const usage = counts.flatMap((count, age) => usageAt([age], { count }));
        const cut = cutSpikes(usage).map((row) => row.count);
        cut.forEach((count, age) => {
          const before = counts.slice(age + 1, age + 29).reduce((sum, uses) => sum + uses, 0);
          expect(count).toBeLessThanOrEqual(counts[age] as number);
          if (count < (counts[age] as number)) {
            expect(count).toBeGreaterThanOrEqual((2 * before) / 28 - 1e-9);
          }
        });
      }),
    );
  });
});

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
