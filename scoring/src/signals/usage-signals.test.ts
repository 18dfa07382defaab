import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { MS_PER_DAY } from "../facts.ts";
import { DEFAULT_MODEL } from "../model/default-model.ts";
import { accountFacts } from "../testing/facts.ts";
import { DAY, measurement, NOON, range, signalSpec, usageAt } from "../testing/spec.ts";
import { measureActiveDays } from "./active-days.ts";
import { measureCriticalReturn } from "./critical-return.ts";
import { measureFeatureBreadth } from "./feature-breadth.ts";
import { measureFeatureDepth } from "./feature-depth.ts";
import { measureSignals } from "./measure-signals.ts";
import { measureRawScore } from "./raw-score.ts";
import { weekdayOf } from "./reading.ts";
import { measureSeatCoverage } from "./seat-coverage.ts";
import { measureEngagedTime, measureSessionFrequency } from "./sessions.ts";
import { measureStickiness } from "./stickiness.ts";

describe("measureFeatureBreadth", () => {
  const core = signalSpec("feature_breadth", { features: ["a", "b", "c", "d"] });

  it("is the share of core features in use", () => {
    const usage = [
      ...usageAt([1], { feature: "a" }),
      ...usageAt([30], { feature: "b" }),
      ...usageAt([2], { feature: "x" }),
    ];
    expect(measureFeatureBreadth(measurement(core, { usage })).value).toBe(0.25);
  });

  it("asks for use on several days where the model does", () => {
    const spec = { ...core, minDays: 2 };
    const usage = [...usageAt([1, 2], { feature: "a" }), ...usageAt([1, 1], { feature: "b" })];
    expect(measureFeatureBreadth(measurement(spec, { usage })).value).toBe(0.25);
  });

  it("counts features, and events without one, where there is no list", () => {
    const spec = signalSpec("feature_breadth", { ignoredEvents: ["Logged In"] });
    const usage = [
      ...usageAt([1, 2], { feature: "a" }),
      ...usageAt([3], { event: "Report Made" }),
      ...usageAt([4], { event: "Logged In" }),
    ];
    expect(measureFeatureBreadth(measurement(spec, { usage }))).toMatchObject({
      value: 2,
      unit: "features",
    });
  });

  it("never falls when something more is used", () => {
    const row = fc.record({
      age: fc.integer({ min: 0, max: 40 }),
      feature: fc.constantFrom("a", "b", "c", "x"),
    });
    fc.assert(
      fc.property(fc.array(row), row, (rows, more) => {
        const value = (list: (typeof more)[]) =>
          measureFeatureBreadth(
            measurement(core, {
              usage: list.flatMap(({ age, feature }) => usageAt([age], { feature })),
            }),
          ).value ?? 0;
        expect(value([...rows, more])).toBeGreaterThanOrEqual(value(rows));
      }),
    );
  });
});

describe("measureFeatureDepth", () => {
  it("is the logarithm of decayed uses of core features per active user", () => {
    const spec = signalSpec("feature_depth", { features: ["a"], halfLifeDays: 7 });
    const usage = [
      ...usageAt([0], { feature: "a", count: 6 }),
      ...usageAt([7], { feature: "a", count: 8, userId: "bob" }),
      ...usageAt([1], { feature: "x", count: 99 }),
    ];
    expect(measureFeatureDepth(measurement(spec, { usage })).value).toBeCloseTo(
      Math.log1p((6 + 4) / 2),
      12,
    );
  });

  it("is missing where nothing of the window could be seen", () => {
    const spec = signalSpec("feature_depth", { windowDays: 9 });
    const outages = { usage: range(0, 9).map((age) => DAY - age) };
    const facts = { usage: usageAt([30], { feature: "a" }), outages };
    expect(measureFeatureDepth(measurement(spec, facts)).value).toBeNull();
  });

  it("makes up for days that were lost to an outage", () => {
    const spec = signalSpec("feature_depth", { windowDays: 9 });
    const usage = usageAt(range(0, 4), { feature: "a" });
    const whole = measureFeatureDepth(
      measurement(spec, { usage: usageAt(range(0, 9), { feature: "a" }) }),
    ).value;
    const outages = { usage: range(5, 9).map((age) => DAY - age) };
    expect(measureFeatureDepth(measurement(spec, { usage, outages })).value).toBeCloseTo(
      whole as number,
      12,
    );
  });
});

describe("usageInWindow", () => {
  it("keeps apart lists of ignored events that read the same", () => {
    const usage = [
      ...usageAt([1], { event: "Opened, Closed" }),
      ...usageAt([1], { event: "Opened" }),
    ];
    const specs = [["Opened", " Closed"], ["Opened, Closed"]].map((ignoredEvents, i) =>
      signalSpec("raw_score", { key: `${i}`, ignoredEvents }),
    );
    const model = { ...DEFAULT_MODEL, signals: specs, components: [] };
    const facts = accountFacts({ usage: [...usage, ...usageAt([2], { event: "Opened" })] });
    const found = measureSignals({ facts, model, now: NOON });
    expect(found.map(({ value }) => value)).toEqual([1, 2]);
  });
});

describe("measureActiveDays", () => {
  const spec = signalSpec("active_days");

  it("is the share of the window's days with activity", () => {
    expect(measureActiveDays(measurement(spec, { usage: usageAt(range(1, 14)) })).value).toBe(0.5);
  });

  it("counts today only once there was something", () => {
    expect(measureActiveDays(measurement(spec, { usage: usageAt(range(1, 28)) })).value).toBe(1);
    expect(
      measureActiveDays(measurement(spec, { usage: usageAt(range(0, 13)) })).value,
    ).toBeCloseTo(14 / 29, 12);
  });

  it("cuts the window to the account's age", () => {
    const createdAt = (DAY - 10) * 86_400_000;
    expect(
      measureActiveDays(measurement(spec, { createdAt, usage: usageAt(range(1, 5)) })).value,
    ).toBe(0.5);
  });

  it("looks back to usage that is older than the account's record, as after an import", () => {
    const facts = { createdAt: (DAY - 10) * MS_PER_DAY, usage: usageAt(range(1, 28)) };
    expect(measureActiveDays(measurement(spec, facts))).toMatchObject({ value: 1, sampleSize: 28 });
  });

  it("leaves weekends out where the model does, and outages always", () => {
    const weekdays = range(1, 28).filter((age) => ![0, 6].includes(weekdayOf(DAY - age)));
    const working = { ...spec, isWorkingDaysOnly: true };
    expect(measureActiveDays(measurement(working, { usage: usageAt(weekdays) })).value).toBe(1);
    const outages = { usage: range(15, 28).map((age) => DAY - age) };
    expect(
      measureActiveDays(measurement(spec, { usage: usageAt(range(1, 14)), outages })).value,
    ).toBe(1);
  });

  it("is 0 for a silent account and missing for one never seen", () => {
    expect(measureActiveDays(measurement(spec, { usage: usageAt([90]) })).value).toBe(0);
    expect(measureActiveDays(measurement(spec, {})).value).toBeNull();
  });
});

describe("measureSeatCoverage", () => {
  const spec = signalSpec("seat_coverage");
  const users = (count: number, age: number) =>
    range(1, count).flatMap((i) => usageAt([age], { userId: `user-${i}` }));

  it("is active users over seats, at most 1", () => {
    expect(measureSeatCoverage(measurement(spec, { seats: 8, usage: users(2, 1) })).value).toBe(
      0.25,
    );
    expect(measureSeatCoverage(measurement(spec, { seats: 1, usage: users(2, 1) })).value).toBe(1);
  });

  it("compares with the account's own best where seats are unknown", () => {
    const usage = [...users(2, 1), ...users(8, 100)];
    expect(measureSeatCoverage(measurement(spec, { seats: null, usage })).value).toBe(0.25);
  });
});

describe("measureStickiness", () => {
  it("is mean daily users over users of the window", () => {
    const spec = signalSpec("stickiness");
    const usage = [...usageAt(range(1, 28)), ...usageAt(range(1, 14), { userId: "bob" })];
    expect(measureStickiness(measurement(spec, { usage })).value).toBeCloseTo(
      (28 + 14) / 28 / 2,
      12,
    );
  });

  it("leaves out today, which is not over", () => {
    const usage = [...usageAt(range(1, 28)), ...usageAt([0], { userId: "bob" })];
    expect(measureStickiness(measurement(signalSpec("stickiness"), { usage })).value).toBe(1);
  });

  it("is missing while nobody comes", () => {
    expect(
      measureStickiness(measurement(signalSpec("stickiness"), { usage: usageAt([60]) })).value,
    ).toBeNull();
  });
});

describe("sessions", () => {
  const usage = [
    ...usageAt([1, 1], { engagedSeconds: 30 }),
    ...usageAt([2], { engagedSeconds: 100 }),
    ...usageAt([3], { userId: "bob", engagedSeconds: 300 }),
    ...usageAt([99], { userId: "bob", engagedSeconds: 9999 }),
  ];

  it("are users' days, counted per active user and week", () => {
    const spec = signalSpec("session_frequency");
    expect(measureSessionFrequency(measurement(spec, { usage })).value).toBeCloseTo(
      3 / (2 * 4),
      12,
    );
  });

  it("come as often although days of the window could not be seen", () => {
    const outages = { usage: range(15, 28).map((age) => DAY - age) };
    const daily = usageAt(range(1, 14));
    expect(
      measureSessionFrequency(
        measurement(signalSpec("session_frequency"), { usage: daily, outages }),
      ).value,
    ).toBe(7);
  });

  it("are counted over the whole days before today, whatever today is lost to", () => {
    const spec = signalSpec("session_frequency");
    const usage = usageAt(range(1, 14));
    const outages = { usage: [DAY] };
    expect(measureSessionFrequency(measurement(spec, { usage, outages })).value).toBe(3.5);
  });

  it("are not made up for days before the account was there", () => {
    const outages = { usage: range(12, 20).map((age) => DAY - age) };
    const usage = usageAt(range(0, 7), { feature: "a" });
    const facts = { createdAt: (DAY - 7) * MS_PER_DAY, usage };
    for (const [kind, measure] of [
      ["session_frequency", measureSessionFrequency],
      ["raw_score", measureRawScore],
      ["feature_depth", measureFeatureDepth],
    ] as const) {
      const spec = signalSpec(kind, { features: ["a"] });
      const calm = measure(measurement(spec, facts)).value as number;
      expect(measure(measurement(spec, { ...facts, outages })).value, kind).toBeCloseTo(calm, 12);
    }
  });

  it("have a median of engaged time", () => {
    expect(measureEngagedTime(measurement(signalSpec("engaged_time"), { usage })).value).toBe(100);
  });
});

describe("measureCriticalReturn", () => {
  const spec = signalSpec("critical_return", { features: ["a", "b", "c"] });

  it("is the share of activated features used again in a later week", () => {
    const usage = [
      ...usageAt([40, 3], { feature: "a" }),
      ...usageAt([20, 18], { feature: "b" }),
      ...usageAt([2], { feature: "c" }),
    ];
    // c was activated too lately to be judged
    expect(measureCriticalReturn(measurement(spec, { usage }))).toMatchObject({
      value: 0.5,
      sampleSize: 2,
    });
  });

  it("is missing before anything was activated", () => {
    expect(measureCriticalReturn(measurement(spec, { usage: usageAt([1]) })).value).toBeNull();
  });
});
