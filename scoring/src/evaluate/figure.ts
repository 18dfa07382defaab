/**
 * Figures that say how sure they are, or that they cannot be said.
 *
 * @module
 */

import { type BootstrapOptions, bootstrapInSteps } from "../stats/bootstrap.ts";
import type { Steps } from "../stats/steps.ts";

/** Cases of either class below which there is no figure [ours: a share of fewer moves by more than 10 points with one case]. */
export const LEAST_OF_EACH_CLASS = 10;

/** A figure with its interval. */
export interface Figure {
  status: "ok" | "too-few-outcomes" | "undefined";
  /** Null unless `ok`. */
  value: number | null;
  /** 95 %, by bootstrap; null where it does not exist. */
  interval: [low: number, high: number] | null;
  /** Cases it rests on. */
  n: number;
}

/** Statistics by the name of their figure; null where one does not exist. */
export type Statistics<Case, Name extends string> = Readonly<
  Record<Name, (cases: readonly Case[]) => number | null>
>;

/**
 * Figures of cases with their intervals; "too few outcomes" under ten churned or ten that stayed. Intervals are those of
 * {@link bootstrapInSteps}: percentiles of samples of cases, drawn with replacement.
 *
 * @param cases - what they rest on
 * @param statistics - by name
 * @param options - seed and replicates of the intervals, which all look at the same samples
 */
export function* figuresInSteps<Case extends { isChurned: boolean }, Name extends string>(
  cases: readonly Case[],
  statistics: Statistics<Case, Name>,
  options: BootstrapOptions,
): Steps<Record<Name, Figure>> {
  const names = Object.keys(statistics) as Name[];
  const n = cases.length;
  if (!hasEnoughOutcomes(cases)) {
    const none: Figure = { status: "too-few-outcomes", value: null, interval: null, n };
    return toRecord(names, () => none);
  }
  const values = names.map((name) => statistics[name](cases));
  const known = names.filter((_, i) => values[i] !== null);
  const intervals = yield* bootstrapInSteps(
    cases,
    known.map((name) => statistics[name]),
    options,
  );
  return toRecord(names, (name, i) => {
    const value = values[i] as number | null;
    if (value === null) return { status: "undefined", value, interval: null, n };
    return { status: "ok", value, interval: intervals[known.indexOf(name)] ?? null, n };
  });
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
