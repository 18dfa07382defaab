import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { measureSignals } from "../signals/measure-signals.ts";
import { anyFacts, anyModel, NOW, normsOf } from "../testing/arbitrary.ts";
import type { SignalColumn } from "./column-block.ts";
import { createScorer } from "./score-account.ts";
import { scoreColumns, TIER_CODES } from "./score-columns.ts";

describe("scoreColumns", () => {
  it("has the same bits as scoreAccount, for any accounts, models and norms", () => {
    const population = fc.array(anyFacts, { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(population, anyModel, (facts, plainModel) => {
        const model = { ...plainModel, profiles: [], referenceSegments: [] };
        const norms = normsOf(model, facts);
        const scorer = createScorer({ model, norms });
        const measured = facts.map((one) => measureSignals({ facts: one, model, now: NOW }));
        const columnOf = (key: string): SignalColumn => {
          const pick = (
            of: (signal: (typeof measured)[number][number]) => number | undefined | null,
          ) =>
            Float64Array.from(measured, (signals) => {
              const found = signals.find((signal) => signal.key === key);
              return (found && of(found)) ?? Number.NaN;
            });
          return {
            values: pick((signal) => signal.value),
            sizes: pick((signal) => signal.effectiveSize ?? signal.sampleSize),
            ownMeans: pick((signal) => signal.own?.mean),
            ownDeviations: pick((signal) => signal.own?.sd),
          };
        };
        const { compiled } = scorer.compiledFor({ createdAt: 0, segments: [], now: NOW });
        const result = scoreColumns({
          compiled,
          columns: Object.fromEntries(model.signals.map(({ key }) => [key, columnOf(key)])),
          createdAt: Float64Array.from(facts, (one) => one.createdAt),
          now: NOW,
        });
        facts.forEach((one, i) => {
          const scored = scorer.score({ ...one, signals: measured[i] ?? [], now: NOW });
          expect(result.scores[i]).toBe(scored.score ?? Number.NaN);
          expect(TIER_CODES[result.tiers[i] as number]).toBe(scored.tier);
          expect(result.coverages[i]).toBe(scored.coverage);
          if (scored.score === null) return;
          expect(result.baselines[i]).toBe(scored.baseline);
          model.components.forEach(({ key }, c) => {
            const driver = scored.drivers.find((found) => found.key === key);
            expect(result.contributions[c]?.[i]).toBe(driver?.contribution ?? 0);
          });
          const [largest] = scored.drivers.filter((driver) => driver.kind === "component");
          if (!largest || largest.contribution === 0) return;
          const top = result.contributions[result.topDrivers[3 * i] as number]?.[i] as number;
          expect(Math.abs(top)).toBe(Math.abs(largest.contribution));
        });
      }),
      { numRuns: 60 },
    );
  });

  it("has nothing to say about nobody, and refuses columns of another length", () => {
    const model = fc.sample(anyModel, { numRuns: 1, seed: 1 })[0] as NonNullable<
      Parameters<typeof normsOf>[0]
    >;
    const { compiled } = createScorer({ model, norms: normsOf(model, []) }).compiledFor({
      createdAt: 0,
      segments: [],
      now: NOW,
    });
    const nobody = { compiled, columns: {}, createdAt: new Float64Array(0), now: NOW };
    expect(scoreColumns(nobody).scores).toHaveLength(0);
    const wrong = { ...nobody, columns: { csat: { values: new Float64Array(2) } } };
    expect(() => scoreColumns(wrong)).toThrow(RangeError);
  });
});
