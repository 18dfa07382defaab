import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DEFAULT_MODEL } from "../model/default-model.ts";
import type { ScoringModel } from "../model/model.ts";
import { NOON, signalSpec } from "../testing/spec.ts";
import { buildNorms, priorNorms } from "./build-norms.ts";
import { blend, toDistribution } from "./distribution.ts";
import type { NormsRow } from "./norms.ts";

const model: ScoringModel = {
  ...DEFAULT_MODEL,
  signals: [signalSpec("external", { key: "s", series: "s", aggregate: "last", prior: [0, 10] })],
  referenceSegments: ["big"],
};

function row(accountId: string, value: number | null, segments: string[] = []): NormsRow {
  const status = value === null ? "missing" : "ok";
  return {
    accountId,
    segments,
    signals: [{ key: "s", value, unit: "", sampleSize: 1, observedAt: 0, status }],
  };
}

const build = (rows: NormsRow[]) => buildNorms({ rows, model, now: NOON });

describe("buildNorms", () => {
  it("is the prior before there is anybody", () => {
    const { project, accounts } = priorNorms(model, NOON);
    expect(accounts).toBe(0);
    expect(project.s?.n).toBe(0);
    expect(project.s?.median).toBe(5);
  });

  it("gives one account a quarter of the say, and a thousand nearly all", () => {
    expect(build([row("a", 100)]).project.s?.median).toBeCloseTo(0.25 * 100 + 0.75 * 5, 10);
    const many = Array.from({ length: 1000 }, (_, i) => row(`${i}`, 100));
    expect(build(many).project.s?.median).toBeCloseTo(100, 0);
  });

  it("blends a segment with the project by n ÷ (n + 30)", () => {
    const rows = Array.from({ length: 30 }, (_, i) => row(`b${i}`, 1000, ["big"]));
    const { project, segments } = build(rows);
    const expected = 0.5 * 1000 + 0.5 * (project.s?.p90 as number);
    expect(segments.big?.s?.p90).toBeCloseTo(expected, 8);
    expect(segments.small).toBeUndefined();
  });

  it("leaves missing values out", () => {
    expect(build([row("a", 7), row("b", null)]).project.s?.n).toBe(1);
  });

  it("has the same bits and name in any order, and another name for other values", () => {
    const values = fc.array(fc.integer({ min: 0, max: 50 }), { minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(values, (list) => {
        const rows = list.map((value, i) => row(`${i}`, value, i % 2 ? ["big"] : []));
        const first = build(rows);
        expect(JSON.stringify(build([...rows].reverse()))).toBe(JSON.stringify(first));
        expect(build([...rows, row("x", 99)]).version).not.toBe(first.version);
      }),
      { numRuns: 30 },
    );
  });

  it("survives JSON, and is named by its date", () => {
    const norms = build([row("a", 7)]);
    expect(JSON.parse(JSON.stringify(norms))).toEqual(norms);
    expect(norms.version).toMatch(/^2024-10-04\.[0-9a-f]{8}$/);
  });

  it("samples a great many by hash: the same in any order, and close to all of them", () => {
    const rows = Array.from({ length: 41_000 }, (_, i) => row(`account-${i}`, i));
    const norms = build(rows);
    expect(norms.project.s?.n).toBe(41_000);
    for (const [i, point] of (norms.project.s?.points ?? []).entries()) {
      expect(Math.abs(point / 41_000 - (i + 0.5) / 101)).toBeLessThan(0.012);
    }
    expect(JSON.stringify(build(rows.reverse()))).toBe(JSON.stringify(norms));
  });

  it("refuses values that are no numbers", () => {
    expect(() => build([row("a", Number.NaN)])).toThrow(RangeError);
  });

  it("has a prior for every kind but external series, all within what the kind can be", () => {
    const { project } = priorNorms(DEFAULT_MODEL, NOON);
    expect(Object.keys(project)).toEqual(DEFAULT_MODEL.signals.map((spec) => spec.key));
    expect(project.csat?.points.at(-1)).toBeLessThanOrEqual(100);
    const bare = { ...model, signals: [signalSpec("external", { key: "s" })] };
    expect(priorNorms(bare, NOON).project).toEqual({});
  });
});

describe("blend", () => {
  it("keeps quantiles growing, between the two", () => {
    const values = fc.array(fc.double({ min: -100, max: 100, noNaN: true }), {
      minLength: 1,
      maxLength: 40,
    });
    fc.assert(
      fc.property(values, values, (own, wider) => {
        const a = toDistribution(own);
        const b = toDistribution(wider);
        const mixed = blend(a, b, 30);
        mixed.points.forEach((point, i) => {
          const ends = [a.points[i] as number, b.points[i] as number];
          expect(point).toBeGreaterThanOrEqual(Math.min(...ends) - 1e-9);
          expect(point).toBeLessThanOrEqual(Math.max(...ends) + 1e-9);
          if (i > 0) expect(point).toBeGreaterThanOrEqual((mixed.points[i - 1] as number) - 1e-9);
        });
      }),
    );
  });
});
