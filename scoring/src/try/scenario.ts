/**
 * What if? An assumption, worked out; never a forecast.
 *
 * @module
 */

import { type AccountFacts, dayOf } from "../facts.ts";
import type { ScoringModel } from "../model/model.ts";
import type { Norms } from "../norms/norms.ts";
import { createScorer } from "../score/score-account.ts";
import type { Tier } from "../scored-account.ts";
import { measureSignals } from "../signals/measure-signals.ts";
import { type ComparedScore, compareScores, type ScoreComparison } from "./compare-scores.ts";

/** How one signal is taken to change. */
export type SignalChange =
  | { signal: string; to: number }
  | { signal: string; times: number }
  | { signal: string; plus: number };

/** What is assumed. */
export interface Assumption {
  /** Signals that change; a missing signal changes only by `to`. */
  signals?: readonly SignalChange[];
  /** Users of the account that take up a feature. */
  adoption?: { feature: string; shareOfUsers: number; usesPerUserDay: number; days: number };
  /** Another model, for instance with other weights or bounds. */
  model?: ScoringModel;
}

/** One account of a scenario. */
export interface ScenarioAccount {
  facts: AccountFacts;
  /** Contract value; null when unknown. */
  value: number | null;
}

/** What {@link createScenario} works out. */
export interface ScenarioInput {
  model: ScoringModel;
  norms: Norms;
  /** Milliseconds since the Unix epoch. */
  now: number;
  /** Day number of `now` in the project's time zone; UTC unless told. */
  today?: number;
  assumption: Assumption;
  /** Accounts that it holds for; all unless told. */
  affects?: (facts: AccountFacts) => boolean;
}

/** What an assumption would do. */
export interface ScenarioResult {
  label: "assumption";
  comparison: ScoreComparison;
  /** Contract value by tier, before and after. */
  value: { before: Record<Tier, number>; after: Record<Tier, number> };
  /** Value in `at_risk` and `critical`, after − before. */
  valueAtRiskChange: number;
}

/** Takes accounts one by one, as they come from a cursor; of each only its scores are kept. */
export interface Scenario {
  /** @throws {RangeError} if a share of users is not 0–1 */
  add(account: ScenarioAccount): void;
  result(): ScenarioResult;
}

/** Scores accounts as they are and as assumed, with the same norms, so that others do not move. */
export function createScenario(input: ScenarioInput): Scenario {
  const { model, norms, now, today = dayOf(now), assumption, affects = () => true } = input;
  const before = createScorer({ model, norms });
  const changed = assumption.model ?? model;
  const after = createScorer({ model: changed, norms });
  const value = { before: noValue(), after: noValue() };
  const scores = { before: [] as ComparedScore[], after: [] as ComparedScore[] };
  return {
    add({ facts, value: worth }) {
      const old = before.rate({
        ...facts,
        signals: measureSignals({ facts, model, now, today }),
        now,
      });
      const isAffected = affects(facts);
      const assumed = isAffected ? assume(facts, assumption, today) : facts;
      const measured = measureSignals({ facts: assumed, model: changed, now, today });
      const signals = isAffected ? measured.map((one) => applyChanges(one, assumption)) : measured;
      const next = after.rate({ ...assumed, signals, now });
      value.before[old.tier] += worth ?? 0;
      value.after[next.tier] += worth ?? 0;
      const { accountId } = facts;
      scores.before.push({ accountId, score: old.score, tier: old.tier });
      scores.after.push({ accountId, score: next.score, tier: next.tier });
    },
    result: () => ({
      label: "assumption",
      comparison: compareScores(scores.before, scores.after),
      value,
      valueAtRiskChange: atRisk(value.after) - atRisk(value.before),
    }),
  };
}

function noValue(): Record<Tier, number> {
  return { healthy: 0, at_risk: 0, critical: 0, unknown: 0 };
}

function atRisk(value: Record<Tier, number>): number {
  return value.at_risk + value.critical;
}

/** Answers that leave no doubt. */
const CERTAIN = 1e6;

type Measured = ReturnType<typeof measureSignals>[number];

function applyChanges(signal: Measured, { signals = [] }: Assumption): Measured {
  let { value } = signal;
  for (const change of signals) {
    if (change.signal !== signal.key) continue;
    if ("to" in change) value = change.to;
    else if (value !== null) value = "times" in change ? value * change.times : value + change.plus;
  }
  if (value === signal.value) return signal;
  // What is assumed is taken as certain, so that sentiment is not drawn to the project's mean.
  return { ...signal, value, status: "ok", effectiveSize: CERTAIN };
}

/** Adds the uses that an adoption would bring, by the account's own users in order of their ids. */
function assume(facts: AccountFacts, { adoption }: Assumption, today: number): AccountFacts {
  if (!adoption) return facts;
  const { feature, shareOfUsers, usesPerUserDay, days } = adoption;
  if (!(shareOfUsers >= 0 && shareOfUsers <= 1)) {
    throw new RangeError(`createScenario requires a share of users of 0–1, got ${shareOfUsers}`);
  }
  const users = [...new Set(facts.usage.map((row) => row.userId))].sort();
  const adopters = users.slice(0, Math.round(shareOfUsers * users.length));
  const added = adopters.flatMap((userId) =>
    Array.from({ length: days }, (_, i) => ({
      userId,
      day: today - i,
      event: "Feature Used",
      feature,
      count: usesPerUserDay,
      engagedSeconds: 0,
    })),
  );
  return { ...facts, usage: [...facts.usage, ...added] };
}
