import { describe, expect, it } from "vitest";
import { DEFAULT_MODEL } from "../model/default-model.ts";
import type { SignalSpec } from "../model/signal-spec.ts";
import { accountFacts, usageRow } from "../testing/facts.ts";
import { measureRawScore } from "./raw-score.ts";

const today = 20_000;
const now = today * 86_400_000 + 1;
const spec: SignalSpec = {
  ...(DEFAULT_MODEL.signals[0] as SignalSpec),
  halfLifeDays: null,
  per: "account",
  eventWeights: { Lead: 9, Meeting: 7, Call: 5 },
};

describe("measureRawScore", () => {
  const uncapped = { ...spec, maxUserShare: 1 };

  it("gives 112 points for 3 leads of 9, 5 meetings of 7 and 10 calls of 5", () => {
    const facts = accountFacts({
      usage: [
        usageRow({ day: today, event: "Lead", count: 3 }),
        usageRow({ day: today - 1, event: "Meeting", count: 5 }),
        usageRow({ day: today - 20, event: "Call", count: 10 }),
      ],
    });
    expect(measureRawScore({ facts, spec: uncapped, now, today })).toMatchObject({
      value: 112,
      sampleSize: 18,
    });
  });

  it("halves a count that is one half-life old", () => {
    const facts = accountFacts({ usage: [usageRow({ day: today - 7, event: "Lead", count: 2 })] });
    const decaying = { ...uncapped, halfLifeDays: 7 };
    expect(measureRawScore({ facts, spec: decaying, now, today }).value).toBe(9);
  });

  it("counts no more than half from one of several users", () => {
    const facts = accountFacts({
      usage: [
        usageRow({ userId: "busy", day: today, event: "Lead", count: 100 }),
        usageRow({ userId: "calm", day: today, event: "Lead", count: 60 }),
      ],
    });
    expect(measureRawScore({ facts, spec, now, today }).value).toBe(2 * 60 * 9);
  });

  it("tells an account that was never seen from one that is silent", () => {
    const never = accountFacts({});
    const silent = accountFacts({ usage: [usageRow({ day: today - 100, event: "Lead" })] });
    expect(measureRawScore({ facts: never, spec, now, today }).value).toBeNull();
    expect(measureRawScore({ facts: silent, spec, now, today }).value).toBe(0);
  });

  it.each(["constructor", "toString", "__proto__"])(
    "gives an event named %s the weight of any other",
    (event) => {
      const facts = accountFacts({ usage: [usageRow({ day: today, event, count: 2 })] });
      const weighed = { ...uncapped, otherEventWeight: 3 };
      expect(measureRawScore({ facts, spec: weighed, now, today }).value).toBe(6);
    },
  );

  it("is missing where nothing of the window could be seen", () => {
    const lost = Array.from({ length: spec.windowDays + 1 }, (_, age) => today - age);
    const facts = accountFacts({
      usage: [usageRow({ day: today - 100, event: "Lead" })],
      outages: { usage: lost },
    });
    const seenAt = (outages: number[]) =>
      measureRawScore({ facts: { ...facts, outages: { usage: outages } }, spec, now, today });
    expect(seenAt(lost)).toMatchObject({ value: null, sampleSize: 0 });
    expect(seenAt(lost.slice(1)).value).toBe(0);
  });

  it("keeps an account silent that was last seen before the rows given", () => {
    const facts = accountFacts({ lastUsageDay: today - 200 });
    expect(measureRawScore({ facts, spec, now, today }).value).toBe(0);
  });
});
