import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { factsAsOf, MS_PER_DAY } from "../facts.ts";
import { DEFAULT_MODEL } from "../model/default-model.ts";
import { SIGNAL_KINDS } from "../model/signal-spec.ts";
import { anyFacts } from "../testing/arbitrary.ts";
import { accountFacts } from "../testing/facts.ts";
import { DAY, NOON, range, signalSpec, usageAt } from "../testing/spec.ts";
import { capShares } from "./cap-shares.ts";
import { measureSignals } from "./measure-signals.ts";

const EVERYTHING = {
  ...DEFAULT_MODEL,
  signals: SIGNAL_KINDS.map((kind) =>
    signalSpec(kind, { path: ["a"], series: "contract_value", aggregate: "sum", vital: "INP" }),
  ),
  components: [],
};

describe("measureSignals", () => {
  it("measures every kind on any facts, without a NaN", () => {
    fc.assert(
      fc.property(anyFacts, (facts) => {
        const signals = measureSignals({ facts, model: EVERYTHING, now: NOON });
        expect(signals.map((signal) => signal.key)).toEqual(SIGNAL_KINDS);
        for (const { value, status, sampleSize } of signals) {
          expect(value === null || Number.isFinite(value)).toBe(true);
          expect(value === null).toBe(status !== "ok");
          expect(sampleSize).toBeGreaterThanOrEqual(0);
        }
      }),
    );
  });

  it("does not see what is later than now, at any moment", () => {
    fc.assert(
      fc.property(anyFacts, fc.integer({ min: 0, max: 150 }), (facts, days) => {
        const now = NOON - days * MS_PER_DAY;
        const all = measureSignals({ facts, model: EVERYTHING, now });
        expect(measureSignals({ facts: factsAsOf(facts, now), model: EVERYTHING, now })).toEqual(
          all,
        );
      }),
    );
  });

  it("has nothing of an account that was never seen", () => {
    const signals = measureSignals({
      facts: accountFacts({ createdAt: NOON }),
      model: DEFAULT_MODEL,
      now: NOON,
    });
    expect(signals.every((signal) => signal.status === "missing")).toBe(true);
  });

  it("calls a signal stale past its days", () => {
    const responses = [
      { userId: "ada", at: NOON - 40 * MS_PER_DAY, kind: "csat" as const, value: 50 },
    ];
    const at = (staleAfterDays: number) => {
      const model = {
        ...DEFAULT_MODEL,
        signals: [signalSpec("csat", { windowDays: 90, staleAfterDays })],
      };
      return measureSignals({ facts: accountFacts({ responses }), model, now: NOON })[0];
    };
    expect(at(40)).toMatchObject({ status: "ok", value: 50 });
    expect(at(39)).toMatchObject({ status: "stale", value: null, sampleSize: 1 });
  });

  it("takes the day from the caller, for projects in another time zone", () => {
    const model = { ...DEFAULT_MODEL, signals: [signalSpec("active_days")], components: [] };
    const facts = accountFacts({ usage: usageAt([-1]) });
    expect(measureSignals({ facts, model, now: NOON })[0]?.value).toBeNull();
    expect(measureSignals({ facts, model, now: NOON, today: DAY + 1 })[0]?.value).toBeGreaterThan(
      0,
    );
  });

  it("measures the account's own past where a normaliser asks for it", () => {
    const part = {
      signal: "active_days",
      weight: 1,
      normaliser: { kind: "own_baseline" as const },
      direction: "higher" as const,
    };
    const model = {
      ...DEFAULT_MODEL,
      signals: [signalSpec("active_days", { windowDays: 7 })],
      components: [{ key: "own", label: "Own", weight: 1, signals: [part] }],
    };
    const facts = accountFacts({ usage: usageAt(range(0, 70)) });
    const own = measureSignals({ facts, model, now: NOON })[0]?.own;
    expect(own?.windows).toBe(6);
    expect(own?.mean).toBeCloseTo(1, 12);
    const young = accountFacts({ createdAt: NOON - 20 * MS_PER_DAY, usage: usageAt(range(0, 19)) });
    expect(measureSignals({ facts: young, model, now: NOON })[0]?.own).toBeUndefined();
  });

  it("refuses facts that are no numbers", () => {
    const facts = accountFacts({
      usage: [...usageAt([1]), ...usageAt([1], { count: Number.POSITIVE_INFINITY })],
    });
    expect(() => measureSignals({ facts, model: DEFAULT_MODEL, now: NOON })).toThrow(RangeError);
    expect(() =>
      measureSignals({ facts: accountFacts({}), model: DEFAULT_MODEL, now: Number.NaN }),
    ).toThrow(RangeError);
  });
});

describe("capShares", () => {
  it.each([
    [[10, 10], 0.5, 20],
    [[100, 10], 0.5, 55],
    [[100, 60], 0.5, 120],
    [[30, 30, 30, 10], 0.3, 100],
    [[7], 0.5, 3.5],
    [[7], 1, 7],
    [[], 0.5, 0],
  ])("of %j with a share of %s is %s", (amounts, share, expected) => {
    expect(capShares(amounts, share)).toBeCloseTo(expected, 10);
  });

  it("stays between the share and the whole of the plain sum, and never falls when somebody does more", () => {
    const amounts = fc.array(fc.integer({ min: 0, max: 1000 }), { minLength: 1, maxLength: 6 });
    const share = fc.constantFrom(0.2, 0.35, 0.5, 0.8, 1);
    fc.assert(
      fc.property(amounts, share, fc.integer({ min: 0, max: 50 }), (list, maxShare, more) => {
        const total = list.reduce((sum, amount) => sum + amount, 0);
        const capped = capShares(list, maxShare);
        expect(capped).toBeGreaterThanOrEqual(maxShare * total - 1e-9);
        expect(capped).toBeLessThanOrEqual(total + 1e-9);
        const busier = [(list[0] as number) + more, ...list.slice(1)];
        expect(capShares(busier, maxShare)).toBeGreaterThanOrEqual(capped - 1e-9);
      }),
    );
  });

  it("refuses a share out of range", () => {
    expect(() => capShares([1], 0)).toThrow(RangeError);
  });
});
