import { describe, expect, it } from "vitest";
import { evaluate } from "../evaluate/evaluate.ts";
import { isFlag, toEvaluationCase } from "../evaluate/evaluation-case.ts";
import { flaggedSince, replayTiers } from "../evaluate/replay-tiers.ts";
import { factsAsOf, MS_PER_DAY } from "../facts.ts";
import { DEFAULT_MODEL } from "../model/default-model.ts";
import { buildNorms } from "../norms/build-norms.ts";
import { detectOutages, type SourceDay } from "../quality/detect-outages.ts";
import { measureSignals } from "../signals/measure-signals.ts";
import { createRandom } from "../stats/random.ts";
import { churnProbability } from "./hazard.ts";
import { ARCHETYPE_SHARES, ARCHETYPES, drawLife } from "./life.ts";
import { type SimulatedAccount, simulateBook } from "./simulate-book.ts";

const LAST_DAY = 20_700;
const model = DEFAULT_MODEL;

function normsOf(book: readonly SimulatedAccount[], now: number) {
  const there = book.filter(
    ({ facts, outcome }) =>
      facts.createdAt <= now && !(outcome?.kind === "churned" && outcome.at <= now),
  );
  const rows = there.map(({ facts }) => ({
    accountId: facts.accountId,
    segments: facts.segments,
    signals: measureSignals({ facts: factsAsOf(facts, now), model, now }),
  }));
  return buildNorms({ rows, model, now });
}

describe("churnProbability", () => {
  it.each([
    [1, 0.8, 0.022],
    [0.5, 0.8, 0.426],
    [1 / 3, 0.8, 0.704],
    [1, 0.25, 0.668],
  ])(
    "at engagement %s and satisfaction %s is %s, as documented",
    (engagement, satisfaction, expected) => {
      expect(churnProbability(engagement, satisfaction)).toBeCloseTo(expected, 3);
    },
  );
});

describe("drawLife", () => {
  it.each(ARCHETYPES)("keeps the life of %s accounts in range", (archetype) => {
    const life = drawLife(archetype, {
      days: 365,
      renewalDay: 350,
      random: createRandom(archetype),
    });
    for (const value of life.satisfaction) {
      expect(value).toBeGreaterThan(0);
      expect(value).toBeLessThan(1);
    }
    expect(Math.min(...life.engagement)).toBeGreaterThan(0);
    expect(Math.max(...life.season)).toBeLessThanOrEqual(1);
  });

  it("has shares that sum to 1", () => {
    expect(Object.values(ARCHETYPE_SHARES).reduce((a, b) => a + b)).toBeCloseTo(1, 12);
  });
});

describe("simulateBook", () => {
  const options = { accounts: 120, seed: "test", lastDay: LAST_DAY };
  const book = [...simulateBook(options)];

  it("is the same for the same seed, account by account", () => {
    const [first] = simulateBook({ ...options, accounts: 1 });
    expect(first).toEqual(book[0]);
    const [other] = simulateBook({ ...options, accounts: 1, seed: "other" });
    expect(other).not.toEqual(book[0]);
  });

  it("has nothing after churn, nor after the last day", () => {
    for (const { facts, outcome } of book) {
      const end = outcome?.kind === "churned" ? outcome.at : (LAST_DAY + 1) * MS_PER_DAY;
      const last = Math.max(0, ...facts.usage.map((row) => row.day * MS_PER_DAY));
      const lastAnswer = Math.max(0, ...facts.responses.map((row) => row.at));
      expect(last).toBeLessThan(end);
      expect(lastAnswer).toBeLessThan(end);
    }
  });

  it("draws churn from the hazard that it tells", () => {
    const many = [...simulateBook({ ...options, accounts: 600, days: 120 })].filter(
      (one) => one.outcome,
    );
    const expected = many.reduce((sum, one) => sum + (one.truth.churnProbability as number), 0);
    const variance = many.reduce((sum, one) => {
      const p = one.truth.churnProbability as number;
      return sum + p * (1 - p);
    }, 0);
    const churned = many.filter((one) => one.outcome?.kind === "churned").length;
    expect(Math.abs(churned - expected)).toBeLessThan(4 * Math.sqrt(variance));
  });

  it("leaves accounts that never renewed without an outcome", () => {
    for (const { truth, outcome } of book)
      if (truth.archetype === "new") expect(outcome).toBeNull();
  });

  it("loses an outage day for all, and nothing else", () => {
    const day = LAST_DAY - 30;
    const hit = [...simulateBook({ ...options, accounts: 10, outageDays: [day] })];
    hit.forEach(({ facts }, i) => {
      const calm = book[i]?.facts.usage ?? [];
      expect(facts.usage.filter((row) => row.day !== day)).toEqual(
        calm.filter((row) => row.day !== day),
      );
      expect(facts.usage.filter((row) => row.day === day).length).toBeLessThanOrEqual(
        calm.filter((row) => row.day === day).length,
      );
    });
  });

  it("refuses sizes that are none", () => {
    expect(() => [...simulateBook({ ...options, accounts: -1 })]).toThrow(RangeError);
    expect(() => [...simulateBook({ ...options, days: 3 })]).toThrow(RangeError);
  });
});

describe("the default model on a book of known hazard", () => {
  it("flags churn a month before without crying wolf", { timeout: 60_000 }, () => {
    const book = [...simulateBook({ accounts: 220, seed: "hazard-test", lastDay: LAST_DAY })];
    const norms = new Map<number, ReturnType<typeof normsOf>>();
    const normsAt = (at: number) => {
      const month = Math.floor(at / MS_PER_DAY / 45) * 45 * MS_PER_DAY;
      const found = norms.get(month) ?? normsOf(book, month);
      norms.set(month, found);
      return found;
    };
    const cases = book.flatMap(({ facts, outcome }) => {
      if (!outcome) return [];
      const horizon = outcome.at - 30 * MS_PER_DAY;
      const replay = replayTiers({
        facts,
        model,
        normsAt,
        from: horizon - 98 * MS_PER_DAY,
        to: horizon,
        everyDays: 14,
      });
      const tier = replay.at(-1)?.tier ?? "unknown";
      const history = { tier, firstFlaggedAt: flaggedSince(replay) };
      const input = { facts, outcome, model, norms: normsAt(horizon), horizonDays: 30, history };
      return [toEvaluationCase(input)];
    });
    const { overall } = evaluate({ cases, seed: "hazard", replicates: 20 });
    // One book of this size is a draw: the benchmark judges the goals (0.7 and 0.3) on more accounts.
    expect(overall.predictionAccuracy.value).toBeGreaterThan(0.6);
    expect(overall.falsePositiveRate.value).toBeLessThan(0.4);
    expect(overall.areaUnderCurve.value).toBeGreaterThan(0.82);
  });

  it("raises no flag over an outage for all, once it is found", { timeout: 60_000 }, () => {
    const outageDays = [LAST_DAY - 30, LAST_DAY - 29];
    const options = { accounts: 60, seed: "outage-test", lastDay: LAST_DAY, days: 200 };
    const calm = [...simulateBook(options)];
    const hit = [...simulateBook({ ...options, outageDays })];
    const found = detectOutages({ days: sourceDays(hit), from: LAST_DAY - 60, to: LAST_DAY })
      .filter(({ verdict }) => verdict === "outage")
      .map(({ day }) => day);
    expect(found).toEqual(outageDays);
    const norms = normsOf(calm, (LAST_DAY - 31) * MS_PER_DAY);
    const flags = (facts: SimulatedAccount["facts"]) =>
      replayTiers({
        facts,
        model,
        normsAt: () => norms,
        from: (LAST_DAY - 31) * MS_PER_DAY,
        to: (LAST_DAY - 25) * MS_PER_DAY,
        everyDays: 2,
      }).some(({ tier }) => isFlag(tier));
    hit.forEach(({ facts }, i) => {
      const isFlaggedAnyway = flags((calm[i] as SimulatedAccount).facts);
      if (!isFlaggedAnyway) expect(flags({ ...facts, outages: { usage: found } })).toBe(false);
    });
  });
});

function sourceDays(book: readonly SimulatedAccount[]): SourceDay[] {
  const days = new Map<number, SourceDay & { seen: Set<string> }>();
  for (const { facts } of book) {
    for (const { day, count } of facts.usage) {
      const row = days.get(day) ?? {
        source: "usage",
        day,
        events: 0,
        accounts: 0,
        seen: new Set(),
      };
      row.events += count;
      row.seen.add(facts.accountId);
      row.accounts = row.seen.size;
      days.set(day, row);
    }
  }
  return [...days.values()];
}
