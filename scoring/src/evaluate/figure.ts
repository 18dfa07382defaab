/**
 * Figures that say how sure they are, or that they cannot be said.
 *
 * @module
 */

import { type BootstrapOptions, bootstrapInSteps, toInterval } from "../stats/bootstrap.ts";
import type { Steps } from "../stats/steps.ts";
import type { EvaluationCase } from "./evaluation-case.ts";
import { countShare, intervalOfShare, type Share } from "./share.ts";

/** Cases of either class below which there is no figure [ours: a share of fewer moves by more than 10 points with one case]. */
export const LEAST_OF_EACH_CLASS = 10;

/** A figure with its interval. */
export interface Figure {
  status: "ok" | "too-few-outcomes" | "undefined";
  /** Null unless `ok`. */
  value: number | null;
  /** 95 %: of shares Wilson's, of others by bootstrap; null where it does not exist. */
  interval: [low: number, high: number] | null;
  /** Cases it rests on. */
  n: number;
}

type Outcomes = Pick<EvaluationCase, "accountId" | "isChurned">;

/** Statistics by the name of their figure; null where one does not exist. */
export type Statistics<Case, Name extends string> = Readonly<
  Record<Name, (cases: readonly Case[]) => number | null>
>;

/**
 * Figures of cases with their intervals; "too few outcomes" under ten churned or ten that stayed. Intervals are those of
 * {@link bootstrapInSteps}: percentiles of samples of accounts, drawn with replacement and all of their cases with them.
 *
 * @param cases - what they rest on
 * @param statistics - by name
 * @param options - seed and replicates of the intervals, which all look at the same samples
 */
export function* figuresInSteps<Case extends Outcomes, Name extends string>(
  cases: readonly Case[],
  statistics: Statistics<Case, Name>,
  options: BootstrapOptions,
): Steps<Record<Name, Figure>> {
  const names = Object.keys(statistics) as Name[];
  const n = cases.length;
  if (!hasEnoughOutcomes(cases)) return toRecord(names, () => tooFewOutcomes(n));
  const values = names.map((name) => statistics[name](cases));
  const known = names.filter((_, i) => values[i] !== null);
  const ranges = yield* bootstrapInSteps(
    cases,
    known.map((name) => statistics[name]),
    { ...options, ownerOf: (one) => one.accountId },
  );
  return toRecord(names, (name, i) => {
    const value = values[i] as number | null;
    if (value === null) return { status: "undefined", value, interval: null, n };
    return { status: "ok", value, interval: toInterval(ranges[known.indexOf(name)] ?? null), n };
  });
}

/** Shares of cases, by the name of their figure; "too few outcomes" as in {@link figuresInSteps}. */
export function toShareFigures<Name extends string>(
  cases: readonly EvaluationCase[],
  shares: Readonly<Record<Name, Share>>,
): Record<Name, Figure> {
  const isEnough = hasEnoughOutcomes(cases);
  return toRecord(Object.keys(shares) as Name[], (name) =>
    isEnough ? toShareFigure(cases, shares[name]) : tooFewOutcomes(cases.length),
  );
}

/** One share, however few the outcomes. */
export function toShareFigure(cases: readonly EvaluationCase[], share: Share): Figure {
  const n = cases.length;
  const counted = countShare(cases, share);
  if (!counted) return { status: "undefined", value: null, interval: null, n };
  return { status: "ok", value: counted.value, interval: intervalOfShare(counted), n };
}

/** What is told instead of a figure. */
export function tooFewOutcomes(n: number): Figure {
  return { status: "too-few-outcomes", value: null, interval: null, n };
}

/** Whether there are ten cases of either class. */
export function hasEnoughOutcomes(cases: readonly { isChurned: boolean }[]): boolean {
  const churned = cases.filter((one) => one.isChurned).length;
  return Math.min(churned, cases.length - churned) >= LEAST_OF_EACH_CLASS;
}

function toRecord<Name extends string, Value>(
  names: readonly Name[],
  toValue: (name: Name, i: number) => Value,
): Record<Name, Value> {
  return Object.fromEntries(names.map((name, i) => [name, toValue(name, i)])) as Record<
    Name,
    Value
  >;
}
