import { describe, expect, it } from "vitest";
import { DAY, range } from "../testing/spec.ts";
import { detectOutages } from "./detect-outages.ts";

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
