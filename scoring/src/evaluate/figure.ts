/**
 * Figures that say how sure they are, or that they cannot be said.
 *
 * @module
 */

import { type BootstrapOptions, bootstrapInterval } from "../stats/bootstrap.ts";

/** Cases of either class below which there is no figure. */
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

/**
 * A figure of cases with its interval; "too few outcomes" under ten churned or ten that stayed.
 *
 * @param cases - what it rests on
 * @param statistic - null where it does not exist
 * @param options - seed and replicates of the interval
 */
export function toFigure<Case extends { isChurned: boolean }>(
  cases: readonly Case[],
  statistic: (cases: readonly Case[]) => number | null,
  options: BootstrapOptions,
): Figure {
  const churned = cases.filter((one) => one.isChurned).length;
  const n = cases.length;
  if (Math.min(churned, n - churned) < LEAST_OF_EACH_CLASS) {
    return { status: "too-few-outcomes", value: null, interval: null, n };
  }
  const value = statistic(cases);
  if (value === null) return { status: "undefined", value: null, interval: null, n };
  return { status: "ok", value, interval: bootstrapInterval(cases, statistic, options), n };
}
