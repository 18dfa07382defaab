import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type AccountFacts, MS_PER_DAY } from "../facts.ts";
import { DEFAULT_MODEL } from "../model/default-model.ts";
import type { ScoringModel } from "../model/model.ts";
import { priorNorms } from "../norms/build-norms.ts";
import { anyFacts, anyModel, NOW, normsOf, TODAY } from "../testing/arbitrary.ts";
import { accountFacts, usageRow } from "../testing/facts.ts";
import { type ChangePoint, explainChange } from "./explain-change.ts";

const end = fc
  .record({
    model: anyModel,
    population: fc.array(anyFacts, { maxLength: 3 }),
    daysAgo: fc.integer({ min: 0, max: 120 }),
  })
  .map(({ model, population, daysAgo }) => {
    const now = NOW - daysAgo * MS_PER_DAY;
    return { model, norms: normsOf(model, population, now), now };
  });

describe("explainChange", () => {
  it("sums to the change for any pair of dates, models, norms and facts", {
    timeout: 30_000,
  }, () => {
    fc.assert(
      fc.property(anyFacts, anyFacts, end, end, (before, after, from, to) => {
        const change = explainChange({ ...from, facts: before }, { ...to, facts: after });
        if (!change) return;
        const parts = change.parts.reduce((sum, part) => sum + part.points, 0);
        const kinds = Object.values(change.byKind).reduce((sum, points) => sum + points, 0);
        expect(Math.abs(parts - (change.to - change.from))).toBeLessThan(1e-9);
        expect(Math.abs(kinds - change.delta)).toBeLessThan(1e-9);
      }),
      { numRuns: 100 },
    );
  });

  it("has the other sign backwards", () => {
    fc.assert(
      fc.property(anyFacts, end, end, (facts, from, to) => {
        if (from.now === to.now) return;
        const there = explainChange({ ...from, facts }, { ...to, facts });
        const back = explainChange({ ...to, facts }, { ...from, facts });
        if (!there || !back) {
          expect(there).toBe(back);
          return;
        }
        for (const [kind, points] of Object.entries(there.byKind)) {
          expect(back.byKind[kind as keyof typeof back.byKind]).toBeCloseTo(-points, 9);
        }
      }),
      { numRuns: 50 },
    );
  });

  const then = NOW - 20 * MS_PER_DAY;
  const steady = Array.from({ length: 150 }, (_, i) =>
    usageRow({ day: TODAY - 20 - i, feature: "export", count: 4 }),
  );
  const point = (given: Partial<AccountFacts>, rest: Partial<ChangePoint> = {}): ChangePoint => ({
    facts: accountFacts(given),
    model: DEFAULT_MODEL,
    norms: priorNorms(DEFAULT_MODEL, then),
    now: NOW,
    ...rest,
  });

  it("calls it decay when nothing new was seen", () => {
    const from = point({ usage: steady }, { now: then });
    const change = explainChange(from, point({ usage: steady }));
    expect(change?.delta).toBeLessThan(-20);
    expect(change?.byKind.decay).toBeCloseTo(change?.delta as number, 9);
    expect(change?.parts[0]?.sentence).toMatch(
      /^Usage trend −\d+(\.\d)?: nothing new since 14 Sep/,
    );
  });

  it("tells decay from behaviour by the project's days, not by those of UTC", () => {
    // Just after midnight where the project is, and still the day before in UTC.
    const evening = then + MS_PER_DAY / 2 - 1;
    const usage = [...steady, usageRow({ day: TODAY - 19, feature: "export", count: 40 })];
    const change = explainChange(
      point({ usage }, { now: evening, today: TODAY - 19 }),
      point({ usage }, { now: evening + 10 * MS_PER_DAY, today: TODAY - 9 }),
    );
    expect(change?.byKind.behaviour).toBe(0);
    expect(change?.parts[0]?.sentence).toContain("nothing new since 15 Sep");
  });

  it("calls new answers sentiment, and counts them", () => {
    const answers = [1, 2, 3].map((i) => ({
      userId: "ada",
      at: NOW - i * MS_PER_DAY,
      kind: "csat" as const,
      value: 0,
    }));
    const early = { userId: "ada", at: then - MS_PER_DAY, kind: "csat" as const, value: 100 };
    const from = point({ usage: steady, responses: [early] }, { now: then });
    const change = explainChange(from, point({ usage: steady, responses: [early, ...answers] }));
    const part = change?.parts.find((one) => one.kind === "sentiment");
    expect(part?.points).toBeLessThan(0);
    expect(part?.sentence).toMatch(/^Satisfaction −\d+(\.\d)?: 3 answers since 14 Sep \(100 → \d+/);
  });

  it("calls one more answer like those before it sentiment too, for it is news that they hold", () => {
    const answer = (at: number) => ({ userId: "ada", at, kind: "csat" as const, value: 50 });
    const from = point({ usage: steady, responses: [answer(then - 1)] }, { now: then });
    const to = point({ usage: steady, responses: [answer(then - 1), answer(NOW - 1)] });
    const part = explainChange(from, to)?.parts.find(({ signal }) => signal === "csat");
    expect(part).toMatchObject({ kind: "sentiment" });
    expect(part?.points).toBeLessThan(0);
  });

  it("calls it peers, not model, when later norms know less under the same model", () => {
    const responses = [{ userId: "ada", at: then - 1, kind: "csat" as const, value: 50 }];
    const facts = { usage: steady, responses };
    const { csat: _, ...project } = priorNorms(DEFAULT_MODEL, then).project;
    const norms = { ...priorNorms(DEFAULT_MODEL, then), project };
    const change = explainChange(point(facts, { now: then }), point(facts, { now: then, norms }));
    expect(change?.byKind.model).toBe(0);
    expect(change?.byKind.peers).toBeLessThan(0);
  });

  it("calls a first answer a signal that came", () => {
    const response = { userId: "ada", at: then - 1, kind: "csat" as const, value: 0 };
    const same = { usage: steady };
    const change = explainChange(
      point(same, { now: then - 2 }),
      point({ ...same, responses: [response] }, { now: then }),
    );
    expect(change?.byKind.missing).toBeLessThan(0);
    expect(change?.byKind.sentiment).toBe(0);
  });

  it("calls it peers when only the norms moved, and model when only the model did", () => {
    const facts = { usage: steady };
    const busy = normsOf(
      DEFAULT_MODEL,
      Array.from({ length: 20 }, (_, i) =>
        accountFacts({
          usage: Array.from({ length: 60 }, (_, d) =>
            usageRow({ day: TODAY - d, feature: `${i}${d % 9}`, count: 50 }),
          ),
        }),
      ),
    );
    const peers = explainChange(
      point(facts, { now: then }),
      point(facts, { now: then, norms: busy }),
    );
    expect(peers?.byKind.peers).toBe(peers?.delta);
    expect(peers?.delta).toBeLessThan(0);
    const other: ScoringModel = {
      ...DEFAULT_MODEL,
      version: "other",
      components: DEFAULT_MODEL.components.slice(0, 1).map((one) => ({ ...one, weight: 1 })),
    };
    const model = explainChange(
      point(facts, { now: then }),
      point(facts, { now: then, model: other }),
    );
    expect(model?.delta).not.toBe(0);
    expect(model?.byKind.model).toBeCloseTo(model?.delta as number, 9);
  });

  it("gives a rule that begins to hold its own part", () => {
    const rule = (cap: number): ScoringModel => ({
      ...DEFAULT_MODEL,
      overrides: [
        {
          key: "cap",
          label: "Cap",
          when: { signal: "active_days", measure: "value", is: "above", bound: -1 },
          cap,
        },
      ],
    });
    const facts = { usage: steady };
    const change = explainChange(
      point(facts, { now: then, model: rule(100) }),
      point(facts, { now: then, model: rule(20) }),
    );
    expect(change?.to).toBe(20);
    expect(change?.byKind.override).toBeCloseTo(change?.delta as number, 9);
  });

  it("has nothing to say about an account without signals", () => {
    expect(explainChange(point({}, { now: then }), point({ usage: steady }))).toBeNull();
  });
});
