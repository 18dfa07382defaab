/**
 * Arbitrary accounts, models and norms for properties.
 *
 * @module
 */

import fc from "fast-check";
import { type AccountFacts, MS_PER_DAY } from "../facts.ts";
import { DEFAULT_MODEL } from "../model/default-model.ts";
import type { ScoringModel } from "../model/model.ts";
import type { Normaliser } from "../model/normaliser.ts";
import { FIVE_COMPONENTS_MODEL } from "../model/templates.ts";
import { buildNorms } from "../norms/build-norms.ts";
import type { Norms } from "../norms/norms.ts";
import { measureSignals } from "../signals/measure-signals.ts";

/** Day on which arbitrary accounts are looked at. */
export const TODAY = 20_000;
/** Noon of that day. */
export const NOW = TODAY * MS_PER_DAY + MS_PER_DAY / 2;

const day = fc.integer({ min: TODAY - 200, max: TODAY });
const at = fc.integer({ min: NOW - 200 * MS_PER_DAY, max: NOW });
const userId = fc.constantFrom("ada", "bob", "cy");

const seats = fc.option(fc.integer({ min: 1, max: 50 }));
const segments = fc.subarray(["starter", "enterprise"]);
const standing = fc.record({ from: at, seats, segments });

const factsWithoutPast: fc.Arbitrary<AccountFacts> = fc.record({
  accountId: fc.constantFrom("acme", "birch", "cedar"),
  createdAt: fc.integer({ min: NOW - 400 * MS_PER_DAY, max: NOW }),
  seats,
  segments,
  usage: fc.array(
    fc.record({
      userId,
      day,
      event: fc.constantFrom("Feature Used", "Logged In"),
      feature: fc.option(fc.constantFrom("export", "search", "share")),
      count: fc.integer({ min: 0, max: 40 }),
      engagedSeconds: fc.integer({ min: 0, max: 900 }),
    }),
    { maxLength: 60 },
  ),
  responses: fc.array(
    fc.record({
      userId,
      at,
      kind: fc.constantFrom("csat" as const, "nps" as const),
      value: fc.integer({ min: 0, max: 100 }),
    }),
    { maxLength: 8 },
  ),
  prompts: fc.array(
    fc.record({ userId, at, answeredAt: fc.option(at), settledAt: at }).map((row) => ({
      ...row,
      answeredAt: row.answeredAt && Math.max(row.at, row.answeredAt),
      settledAt: Math.max(row.at, row.settledAt),
    })),
    { maxLength: 8 },
  ),
  observations: fc.array(
    fc.record({
      series: fc.constant("contract_value"),
      at,
      value: fc.integer({ min: 0, max: 999 }),
    }),
    { maxLength: 4 },
  ),
});

/** Facts of one account over 200 days, sparse or dense, some with what seats and segments were before. */
export const anyFacts: fc.Arbitrary<AccountFacts> = fc
  .tuple(factsWithoutPast, fc.option(fc.array(standing, { maxLength: 3 })))
  .map(([facts, before]) => {
    if (!before) return facts;
    const now = { from: NOW, seats: facts.seats, segments: facts.segments };
    return { ...facts, standings: [...before.sort((a, b) => a.from - b.from), now] };
  });

const normaliser: fc.Arbitrary<Normaliser> = fc.constantFrom<Normaliser>(
  { kind: "percentile" },
  { kind: "zscore", robust: true },
  { kind: "zscore", robust: false },
  { kind: "minmax" },
  { kind: "p90_exponential" },
  { kind: "own_baseline" },
);

/** The default or the five-component model with any weights, normalisers, rules and profiles. */
export const anyModel: fc.Arbitrary<ScoringModel> = fc
  .record({
    base: fc.constantFrom(DEFAULT_MODEL, FIVE_COMPONENTS_MODEL),
    weights: fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 5, maxLength: 5 }),
    normalisers: fc.array(fc.option(normaliser), { minLength: 5, maxLength: 5 }),
    cap: fc.integer({ min: 0, max: 100 }),
    hasProfile: fc.boolean(),
    version: fc.constantFrom("a", "b"),
  })
  .map(({ base, weights, normalisers, cap, hasProfile, version }) => {
    const total = weights.reduce((sum, weight) => sum + weight, 0) || 1;
    return {
      ...base,
      version: `${base.version}.${version}`,
      referenceSegments: ["enterprise"],
      components: base.components.map((component, i) => ({
        ...component,
        weight: (weights[i] as number) / total,
        signals: component.signals.map((part) => ({
          ...part,
          normaliser: normalisers[i] ?? part.normaliser,
        })),
      })),
      overrides: [
        {
          key: "few-features",
          label: "Few features",
          when: { signal: "feature_breadth", measure: "value", is: "below", bound: 2 },
          cap,
        },
      ],
      profiles: hasProfile
        ? [
            {
              key: "young",
              label: "Young",
              precedence: 1,
              when: { maxAgeDays: 90 },
              weights: { [base.components[0]?.key as string]: 0.9 },
            },
          ]
        : [],
    };
  });

/** Norms of a small population for a model. */
export function normsOf(
  model: ScoringModel,
  population: readonly AccountFacts[],
  now = NOW,
): Norms {
  return buildNorms({
    rows: population.map((facts, i) => ({
      accountId: `${facts.accountId}-${i}`,
      segments: facts.segments,
      signals: measureSignals({ facts, model, now }),
    })),
    model,
    now,
  });
}
