import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { MS_PER_DAY } from "../facts.ts";
import { DAY, measurement, NOON, signalSpec, usageAt } from "../testing/spec.ts";
import { measureFriction, measureWebVital } from "./friction.ts";
import { measureMilestones } from "./milestones.ts";
import { longestChain, measurePathAdherence } from "./path-adherence.ts";
import { measureTaskCompletion } from "./task-completion.ts";
import { measureTimeToValue } from "./time-to-value.ts";

const ago = (days: number) => NOON - days * MS_PER_DAY;

describe("measureTaskCompletion", () => {
  const spec = signalSpec("task_completion", { tasks: ["invoice"] });
  const task = (started: number, completed: number, rest = {}) => ({
    task: "invoice",
    day: DAY - 1,
    started,
    completed,
    ...rest,
  });

  it("is the Jeffreys mean of completed among started", () => {
    const { value } = measureTaskCompletion(measurement(spec, { tasks: [task(6, 5), task(4, 4)] }));
    expect(value).toBeCloseTo(9.5 / 11, 12);
  });

  it("leaves out other tasks and older days, and is missing without any", () => {
    const tasks = [task(9, 0, { task: "other" }), task(9, 0, { day: DAY - 40 })];
    expect(measureTaskCompletion(measurement(spec, { tasks })).value).toBeNull();
  });
});

describe("measureTimeToValue", () => {
  const spec = signalSpec("time_to_value", { path: ["report"] });

  it("is the days from creation to the first moment of value", () => {
    const facts = { createdAt: ago(50), usage: usageAt([30, 20], { feature: "report" }) };
    expect(measureTimeToValue(measurement(spec, facts))).toMatchObject({
      value: 20,
      isCensored: false,
    });
  });

  it("is the days so far, and says so, while it is not reached", () => {
    const facts = { createdAt: ago(50), usage: usageAt([30], { feature: "other" }) };
    expect(measureTimeToValue(measurement(spec, facts))).toMatchObject({
      value: 50,
      isCensored: true,
    });
  });

  it("takes a milestone as a moment of value", () => {
    const milestones = [{ milestone: "report", dueAt: null, reachedAt: ago(40) }];
    expect(measureTimeToValue(measurement(spec, { createdAt: ago(50), milestones })).value).toBe(
      10,
    );
  });
});

describe("measurePathAdherence", () => {
  const spec = signalSpec("path_adherence", { path: ["a", "b", "c", "d"] });
  const used = (ages: Record<string, number[]>) =>
    Object.entries(ages).flatMap(([feature, days]) => usageAt(days, { feature }));

  it.each([
    [{ a: [9], b: [8], c: [7], d: [6] }, 1],
    [{ a: [6], b: [7], c: [8], d: [9] }, 0.25],
    [{ a: [9], c: [7], b: [6] }, 0.5],
    [{ a: [5], b: [5], c: [5] }, 0.75],
    [{ x: [5] }, 0],
  ])("of %j is %s", (ages, expected) => {
    expect(measurePathAdherence(measurement(spec, { usage: used(ages) })).value).toBe(expected);
  });

  it("finds the longest chain, as trying all of them does", () => {
    const steps = fc.array(
      fc
        .uniqueArray(fc.integer({ min: 0, max: 6 }), { maxLength: 3 })
        .map((days) => days.sort((a, b) => a - b)),
      { maxLength: 6 },
    );
    const tryAll = (days: number[][], from = 0, after = -1): number => {
      let best = 0;
      for (let i = from; i < days.length; i++) {
        for (const day of days[i] as number[]) {
          if (day >= after) best = Math.max(best, 1 + tryAll(days, i + 1, day));
        }
      }
      return best;
    };
    fc.assert(
      fc.property(steps, (days) => {
        expect(longestChain(days)).toBe(tryAll(days));
      }),
    );
  });
});

describe("measureMilestones", () => {
  it("is the share of due milestones that were reached, late or not", () => {
    const milestones = [
      { milestone: "a", dueAt: ago(9), reachedAt: ago(2) },
      { milestone: "b", dueAt: ago(5), reachedAt: null },
      { milestone: "c", dueAt: ago(-5), reachedAt: ago(1) },
      { milestone: "d", dueAt: null, reachedAt: ago(1) },
    ];
    const spec = signalSpec("milestones");
    expect(measureMilestones(measurement(spec, { milestones }))).toMatchObject({
      value: 0.5,
      sampleSize: 2,
    });
    expect(measureMilestones(measurement(spec, {})).value).toBeNull();
  });
});

describe("measureFriction", () => {
  it("is what went wrong per session", () => {
    const spec = signalSpec("friction", { frictionKinds: ["rage_click"] });
    const friction = [
      { day: DAY - 1, kind: "rage_click", count: 3 },
      { day: DAY - 1, kind: "error", count: 9 },
      { day: DAY - 60, kind: "rage_click", count: 9 },
    ];
    const facts = { usage: usageAt([1, 2]), friction };
    expect(measureFriction(measurement(spec, facts)).value).toBe(1.5);
    expect(measureFriction(measurement(spec, { usage: usageAt([90]) })).value).toBeNull();
  });
});

describe("measureWebVital", () => {
  it("is the 75th percentile of the window", () => {
    const spec = signalSpec("web_vital", { vital: "INP" });
    const vitals = [100, 200, 300, 400, 500].map((value, i) => ({
      at: ago(i),
      name: "INP",
      value,
    }));
    const other = { at: ago(1), name: "LCP", value: 9999 };
    expect(measureWebVital(measurement(spec, { vitals: [...vitals, other] })).value).toBe(400);
    expect(measureWebVital(measurement(spec, { vitals: [other] })).value).toBeNull();
  });

  it("takes as many page loads as a year may bring", () => {
    const spec = signalSpec("web_vital", { vital: "INP" });
    const vitals = Array.from({ length: 300_000 }, (_, i) => ({
      at: NOON - i,
      name: "INP",
      value: 80,
    }));
    expect(measureWebVital(measurement(spec, { vitals }))).toMatchObject({
      value: 80,
      observedAt: NOON,
    });
  });
});
