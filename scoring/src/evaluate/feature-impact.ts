/**
 * Do accounts that use a feature fare better? An association, with its size and interval.
 *
 * @module
 */

import type { AccountFacts } from "../facts.ts";
import type { ScoringModel } from "../model/model.ts";
import { type BootstrapOptions, bootstrapInterval, type Interval } from "../stats/bootstrap.ts";
import { pairedInterval } from "../stats/wilson.ts";
import { LEAST_PAIRS, matchNearest } from "./match.ts";

/** One account, with or without the feature. */
export interface ImpactAccount {
  accountId: string;
  isAdopter: boolean;
  /** Seats or active users, 1 or more. */
  size: number;
  tenureDays: number;
}

/** What {@link assessFeatureImpact} compares. */
export interface FeatureImpactInput extends BootstrapOptions {
  /** Label of the feature, for the sentence. */
  feature: string;
  /** As of one date, without those that have left. Scores without the feature's own share, see {@link factsWithoutFeature}. */
  accounts: readonly (ImpactAccount & { score: number | null })[];
  /** As of a horizon before their outcome: an account that has left uses nothing, which is not why it left. */
  outcomes: readonly (ImpactAccount & { isChurned: boolean })[];
}

/** A difference between adopters and their like. */
export interface ImpactFigure {
  adopters: number;
  others: number;
  /** Adopters − others: points of score, or share that churned. */
  difference: number;
  /** 95 %: of scores resampling pairs, of churn Newcombe's for pairs; null where no sample of pairs differs. */
  interval: [low: number, high: number] | null;
  /** Matched pairs. */
  pairs: number;
}

/** What {@link assessFeatureImpact} found. */
export interface FeatureImpact {
  status: "ok" | "too-few-pairs";
  adopters: number;
  others: number;
  score: ImpactFigure | null;
  churn: ImpactFigure | null;
  /** An association in words; never a cause. */
  sentence: string;
}

/**
 * Compares adopters of a feature with other accounts of like size and tenure: the mean difference within matched pairs.
 *
 * Intervals go by pairs: of scores a bootstrap, of churn Newcombe's.
 *
 * @see https://doi.org/10.1002/sim.6276 (Austin and Small 2014: resample pairs, as they were matched)
 */
export function assessFeatureImpact(input: FeatureImpactInput): FeatureImpact {
  const { feature, accounts, outcomes } = input;
  const scored = accounts.flatMap((one) =>
    one.score === null ? [] : [toMatchable(one, one.score)],
  );
  const score = toFigure(scored, (pairs) =>
    bootstrapInterval(pairs, (sample) => meanOf(sample, "one") - meanOf(sample, "other"), input),
  );
  const churn = toFigure(
    outcomes.map((one) => toMatchable(one, Number(one.isChurned))),
    (pairs) =>
      pairedInterval(pairs.map(({ one, other }) => ({ one: one === 1, other: other === 1 }))),
  );
  const adopters = accounts.filter((account) => account.isAdopter).length;
  return {
    status: score || churn ? "ok" : "too-few-pairs",
    adopters,
    others: accounts.length - adopters,
    score,
    churn,
    sentence: toSentence(feature, score),
  };
}

function toMatchable({ accountId, isAdopter, size, tenureDays }: ImpactAccount, value: number) {
  return { accountId, isAdopter, value, traits: [Math.log(Math.max(1, size)), tenureDays] };
}

/** Values of an adopter and its like. */
interface ValuePair {
  one: number;
  other: number;
}

function meanOf(pairs: readonly ValuePair[], side: keyof ValuePair): number {
  return pairs.reduce((sum, pair) => sum + pair[side], 0) / pairs.length;
}

function toFigure(
  matchable: readonly ReturnType<typeof toMatchable>[],
  intervalOf: (pairs: readonly ValuePair[]) => Interval | null,
): ImpactFigure | null {
  const pairs = matchNearest(
    matchable.filter(({ isAdopter }) => isAdopter),
    matchable.filter(({ isAdopter }) => !isAdopter),
  ).map(({ one, other }) => ({ one: one.value, other: other.value }));
  if (pairs.length < LEAST_PAIRS) return null;
  const [adopters, others] = [meanOf(pairs, "one"), meanOf(pairs, "other")];
  const difference = adopters - others;
  return { adopters, others, difference, interval: intervalOf(pairs), pairs: pairs.length };
}

/** The facts without the uses of a feature; with {@link modelWithoutFeature}, its share of the score is no effect of it. */
export function factsWithoutFeature(facts: AccountFacts, feature: string): AccountFacts {
  return { ...facts, usage: facts.usage.filter((row) => row.feature !== feature) };
}

/**
 * The model without a feature in any list of features. A list of this feature alone stays, for an empty one stands for all
 * features; without its uses such a signal is the same for everybody.
 */
export function modelWithoutFeature(model: ScoringModel, feature: string): ScoringModel {
  return {
    ...model,
    signals: model.signals.map((spec) => {
      const features = spec.features?.filter((key) => key !== feature) ?? [];
      return features.length > 0 ? { ...spec, features } : spec;
    }),
  };
}

function toSentence(feature: string, score: ImpactFigure | null): string {
  if (!score) return `Too few like accounts to compare those with and without ${feature}.`;
  const points = Math.abs(score.difference).toFixed(1);
  const way = score.difference >= 0 ? "higher" : "lower";
  const range = score.interval?.map((end) => end.toFixed(1)).join(" to ") ?? "unknown";
  return `Accounts that use ${feature} score ${points} points ${way} than like accounts that do not (95 % interval ${range}, ${score.pairs} pairs). This is an association, not a proof that the feature caused it.`;
}
