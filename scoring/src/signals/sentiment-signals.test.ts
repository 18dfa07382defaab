import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { MS_PER_DAY } from "../facts.ts";
import { DAY, measurement, NOON, range, signalSpec } from "../testing/spec.ts";
import { measureExternal } from "./external.ts";
import { measureSentiment, shrink } from "./sentiment.ts";
import { measureSentimentTrajectory } from "./sentiment-trajectory.ts";
import { measureSilence } from "./silence.ts";

const ago = (days: number) => NOON - days * MS_PER_DAY;
const answer = (days: number, value: number, kind: "csat" | "nps" | "comment" = "csat") => ({
  userId: "ada",
  at: ago(days),
  kind,
  value,
});

describe("measureSentiment", () => {
  const spec = signalSpec("csat", { windowDays: 90, halfLifeDays: 30 });
  const csat = measureSentiment("csat");

  it("is the mean of the answers, older ones counting less", () => {
    const responses = [answer(0, 100), answer(30, 40), answer(1, 0, "nps"), answer(91, 0)];
    const found = csat(measurement(spec, { responses }));
    expect(found.value).toBeCloseTo((100 + 0.5 * 40) / 1.5, 10);
    expect(found).toMatchObject({ sampleSize: 2, effectiveSize: 1.5, observedAt: ago(0) });
  });

  it("is missing without answers, and blind to those to come", () => {
    expect(csat(measurement(spec, { responses: [answer(-1, 50)] })).value).toBeNull();
  });

  it("is missing where all answers are so old that they weigh nothing", () => {
    const fleeting = signalSpec("csat", { windowDays: 365, halfLifeDays: 0.1 });
    const responses = [answer(200, 50)];
    expect(csat(measurement(fleeting, { responses }))).toMatchObject({
      value: null,
      sampleSize: 0,
    });
  });

  it("lies between the lowest and the highest answer", () => {
    const any = fc.array(
      fc.tuple(fc.integer({ min: 0, max: 80 }), fc.integer({ min: 0, max: 100 })),
      { minLength: 1 },
    );
    fc.assert(
      fc.property(any, (given) => {
        const value = csat(
          measurement(spec, { responses: given.map(([days, v]) => answer(days, v)) }),
        ).value;
        expect(value).toBeGreaterThanOrEqual(Math.min(...given.map(([, v]) => v)) - 1e-9);
        expect(value).toBeLessThanOrEqual(Math.max(...given.map(([, v]) => v)) + 1e-9);
      }),
    );
  });
});

describe("shrink", () => {
  it("draws few answers to the project's mean", () => {
    const to = { shrinkage: 5, projectMean: 80 };
    expect(shrink(0, 1, to)).toBeCloseTo(400 / 6, 12);
    expect(shrink(0, 95, to)).toBe(4);
    expect(shrink(0, 0, to)).toBe(80);
    expect(() => shrink(0, 0, { shrinkage: 0, projectMean: 1 })).toThrow(RangeError);
  });
});

describe("measureSentimentTrajectory", () => {
  const spec = signalSpec("sentiment_trajectory", { windowDays: 120 });

  it("is the slope per 30 days, with its standard error", () => {
    const responses = [answer(90, 90), answer(60, 80), answer(30, 70), answer(0, 60)];
    const found = measureSentimentTrajectory(measurement(spec, { responses }));
    expect(found.value).toBeCloseTo(-10, 8);
    expect(found.standardError).toBeCloseTo(0, 8);
  });

  it("leaves comments to models that name them", () => {
    const responses = [60, 30, 0].flatMap((days) => [
      answer(days, 70),
      answer(days, days, "comment"),
    ]);
    const slopeOf = (rest: object) =>
      measureSentimentTrajectory(
        measurement(signalSpec("sentiment_trajectory", { windowDays: 120, ...rest }), {
          responses,
        }),
      ).value;
    expect(slopeOf({})).toBeCloseTo(0, 8);
    expect(slopeOf({ responseKinds: ["comment"] })).toBeCloseTo(-30, 8);
  });

  it("is missing below three answers, and when all came at once", () => {
    expect(
      measureSentimentTrajectory(measurement(spec, { responses: [answer(9, 1), answer(1, 2)] }))
        .value,
    ).toBeNull();
    const same = [answer(1, 1), answer(1, 2), answer(1, 3)];
    expect(measureSentimentTrajectory(measurement(spec, { responses: same })).value).toBeNull();
  });
});

describe("measureSilence", () => {
  const spec = signalSpec("silence");
  const prompt = (days: number, isAnswered: boolean) => ({
    userId: "ada",
    at: ago(days),
    answeredAt: isAnswered ? ago(days) : null,
  });

  it("is above 0 for an account that answers less than it used to", () => {
    const earlier = [40, 50, 60, 70].map((days) => prompt(days, true));
    const prompts = [...earlier, prompt(5, false), prompt(9, false)];
    expect(measureSilence(measurement(spec, { prompts })).value).toBeCloseTo(2.5 / 3 - 0.5 / 5, 12);
  });

  it("is about 0 for one that never answered", () => {
    const prompts = [5, 9, 40, 50, 60].map((days) => prompt(days, false));
    expect(Math.abs(measureSilence(measurement(spec, { prompts })).value as number)).toBeLessThan(
      0.1,
    );
  });

  it("is missing without prompts, lately or before", () => {
    expect(measureSilence(measurement(spec, { prompts: [prompt(1, false)] })).value).toBeNull();
    expect(measureSilence(measurement(spec, {})).value).toBeNull();
  });
});

describe("measureExternal", () => {
  const observations = [
    { series: "mrr", at: ago(60), value: 100 },
    { series: "mrr", at: ago(20), value: 110 },
    { series: "mrr", at: ago(5), value: 130 },
    { series: "other", at: ago(1), value: 9 },
  ];
  const spec = (aggregate: "last" | "sum" | "mean" | "count" | "slope", rest = {}) =>
    signalSpec("external", { series: "mrr", aggregate, ...rest });

  it.each([
    ["last", 130],
    ["sum", 240],
    ["mean", 120],
    ["count", 2],
    ["slope", 40],
  ] as const)("has the %s %s", (aggregate, expected) => {
    expect(measureExternal(measurement(spec(aggregate), { observations })).value).toBeCloseTo(
      expected,
      6,
    );
  });

  it("sums to 0 in an empty window of a series that was seen, and is missing where it never was", () => {
    const old = observations.slice(0, 1);
    expect(measureExternal(measurement(spec("sum"), { observations: old })).value).toBe(0);
    expect(measureExternal(measurement(spec("mean"), { observations: old })).value).toBeNull();
    expect(measureExternal(measurement(spec("last"), { observations: old })).value).toBe(100);
    expect(measureExternal(measurement(spec("count"), {})).value).toBeNull();
    expect(measureExternal(measurement(spec("count", { isZeroWhenAbsent: true }), {})).value).toBe(
      0,
    );
  });

  it("keeps the sum of a steady series whichever of its days were out, and is older for it", () => {
    const daily = range(0, 27).map((age) => ({ series: "mrr", at: ago(age), value: 3 }));
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat(27), { maxLength: 27 }), (ages) => {
        const outages = { mrr: ages.map((age) => DAY - age) };
        const seen = daily.filter((_, age) => !ages.includes(age));
        const facts = { observations: seen, outages };
        expect(measureExternal(measurement(spec("sum"), facts)).value).toBeCloseTo(84, 9);
      }),
    );
    const isZeroWhenAbsent = true;
    const counted = measurement(spec("count", { isZeroWhenAbsent }), {
      observations: daily.slice(2),
      outages: { mrr: [DAY, DAY - 1] },
    });
    const { value, observedAt } = measureExternal(counted);
    expect(value).toBeCloseTo(28, 9);
    expect(observedAt).toBeLessThan(ago(1));
    const all = {
      observations: daily.slice(5, 6),
      outages: { mrr: range(0, 40).map((age) => DAY - age) },
    };
    expect(measureExternal(measurement(spec("sum"), all)).value).toBeNull();
  });

  it("takes nothing in the window for news of the last day that could be seen", () => {
    const old = { observations: observations.slice(0, 1) };
    const lookedAt = (outages: number[]) =>
      measureExternal(measurement(spec("sum"), { ...old, outages: { mrr: outages } })).observedAt;
    expect(lookedAt([])).toBe(NOON);
    // Today is not taken for seen while yesterday was not.
    expect(lookedAt([DAY - 1])).toBe((DAY - 1) * MS_PER_DAY - 1);
  });

  it("makes nothing up for days before the account was there, and what is due for those after", () => {
    const ages = range(0, 9);
    const facts = {
      createdAt: ago(9),
      observations: ages.map((age) => ({ series: "mrr", at: ago(age), value: 3 })),
    };
    const before = { mrr: range(12, 20).map((age) => DAY - age) };
    expect(measureExternal(measurement(spec("sum"), { ...facts, outages: before })).value).toBe(30);
    const lost = { observations: facts.observations.slice(2), createdAt: ago(9) };
    const outages = { mrr: [DAY, DAY - 1] };
    expect(measureExternal(measurement(spec("sum"), { ...lost, outages })).value).toBeCloseTo(
      30,
      9,
    );
  });

  it("makes nothing up for the outage of another series", () => {
    const outages = { other: [DAY - 1], usage: [DAY - 2] };
    expect(measureExternal(measurement(spec("sum"), { observations, outages })).value).toBe(240);
  });
});
