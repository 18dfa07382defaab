import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { MS_PER_DAY } from "../facts.ts";
import { DEFAULT_MODEL } from "../model/default-model.ts";
import { priorNorms } from "../norms/build-norms.ts";
import { anyFacts } from "../testing/arbitrary.ts";
import { accountFacts, usageRow } from "../testing/facts.ts";
import { DAY, NOON, range, usageAt } from "../testing/spec.ts";
import { toEvaluationCase } from "./evaluation-case.ts";
import { countTierChanges, flaggedSince, replayTiers } from "./replay-tiers.ts";

const model = DEFAULT_MODEL;
const norms = priorNorms(model, 0);
const outcome = { accountId: "acme", kind: "churned" as const, at: NOON, value: 100 };

describe("toEvaluationCase", () => {
  it("does not change by anything that happened after the horizon", () => {
    const horizon = NOON - 60 * MS_PER_DAY;
    fc.assert(
      fc.property(anyFacts, anyFacts, (facts, later) => {
        const input = { facts, outcome, model, norms, horizonDays: 60 };
        const leaky = {
          ...facts,
          usage: [...facts.usage, ...later.usage.filter((row) => row.day > DAY - 60)],
          responses: [...facts.responses, ...later.responses.filter((row) => row.at > horizon)],
        };
        expect(toEvaluationCase({ ...input, facts: leaky })).toEqual(toEvaluationCase(input));
      }),
      { numRuns: 50 },
    );
  });

  it("refuses norms from after the horizon, and horizons below a day", () => {
    const input = { facts: accountFacts({}), outcome, model, norms, horizonDays: 60 };
    const late = priorNorms(model, NOON);
    expect(() => toEvaluationCase({ ...input, norms: late })).toThrow(RangeError);
    expect(() => toEvaluationCase({ ...input, horizonDays: 0 })).toThrow(RangeError);
  });

  it("takes the confirmed tier of a history over the plain one", () => {
    const facts = accountFacts({ usage: usageAt(range(60, 160), { feature: "a", count: 5 }) });
    const input = { facts, outcome, model, norms, horizonDays: 60 };
    expect(toEvaluationCase(input).firstFlaggedAt).toBeNull();
    const history = { tier: "critical" as const, firstFlaggedAt: 7 };
    expect(toEvaluationCase({ ...input, history })).toMatchObject({ ...history, isChurned: true });
  });
});

describe("replayTiers", () => {
  const busyThenSilent = range(0, 200).flatMap((age) =>
    age < 40
      ? []
      : ["a", "b", "c"].map((feature) => usageRow({ day: DAY - age, feature, count: 9 })),
  );
  const replay = replayTiers({
    facts: accountFacts({ usage: busyThenSilent, seats: 1 }),
    model,
    normsAt: () => norms,
    from: NOON - 90 * MS_PER_DAY,
    to: NOON,
  });

  it("lives an account's tiers again, with what was known then", () => {
    expect(replay).toHaveLength(91);
    expect(replay[0]?.tier).toBe("healthy");
    expect(replay.at(-1)?.tier).toBe("critical");
    expect(countTierChanges(replay)).toBe(2);
  });

  it("knows since when it is flagged", () => {
    const since = flaggedSince(replay) as number;
    expect((NOON - since) / MS_PER_DAY).toBeGreaterThan(10);
    expect((NOON - since) / MS_PER_DAY).toBeLessThan(40);
    expect(flaggedSince(replay.slice(0, 5))).toBeNull();
  });

  it("evaluates the moments that are asked for, in their order", () => {
    const input = { facts: accountFacts({}), model, normsAt: () => norms, from: 10, to: NOON };
    const also = [NOON, NOON - 5, 9, NOON + 1, 10];
    const moments = replayTiers({ ...input, everyDays: 1e6, alsoAt: also }).map(({ at }) => at);
    expect(moments).toEqual([10, NOON - 5, NOON]);
  });

  it("refuses steps that do not go on", () => {
    const input = { facts: accountFacts({}), model, normsAt: () => norms, from: 0, to: 1 };
    expect(() => replayTiers({ ...input, everyDays: 0 })).toThrow(RangeError);
  });
});
