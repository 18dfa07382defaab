/**
 * A block of accounts, column by column.
 *
 * @module
 */

import { shrink } from "../signals/sentiment.ts";
import type { CompiledPart } from "./compile-model.ts";
import { ownZ } from "./composite.ts";

/** One signal of many accounts, each at the same place in every list. */
export interface SignalColumn {
  /** NaN where missing: the only place where NaN has a meaning. */
  values: Float64Array;
  /** Observations after decay; needed for sentiment. */
  sizes?: Float64Array;
  /** Mean and deviation of the account's own earlier windows, NaN where unknown; needed for `own_baseline`. */
  ownMeans?: Float64Array;
  ownDeviations?: Float64Array;
}

/** One component of a block of accounts. */
export interface ComponentBlock {
  /** 0–100 per signal; NaN where missing. */
  normalized: Float64Array[];
  /** Share of the component that is known, 0–1. */
  present: Float64Array;
  /** 0–100; 0 where nothing is known. */
  value: Float64Array;
  baseline: Float64Array;
}

/** Room for a component of some signals and accounts. */
export function createBlock(parts: number, size: number): ComponentBlock {
  return {
    normalized: Array.from({ length: parts }, () => new Float64Array(size)),
    present: new Float64Array(size),
    value: new Float64Array(size),
    baseline: new Float64Array(size),
  };
}

/** Fills `target` with one signal on the common scale; NaN where missing. */
export function normaliseBlock(
  target: Float64Array,
  part: CompiledPart,
  { column, from, count }: { column: SignalColumn | undefined; from: number; count: number },
): void {
  const { scale, shrinkage } = part;
  if (!column || !scale) {
    target.fill(Number.NaN);
    return;
  }
  const { values, sizes, ownMeans, ownDeviations } = column;
  for (let i = 0; i < count; i++) {
    const value = values[from + i] as number;
    if (Number.isNaN(value)) target[i] = value;
    else if (part.isOwnBaseline) {
      const mean = ownMeans ? (ownMeans[from + i] as number) : Number.NaN;
      const sd = ownDeviations ? (ownDeviations[from + i] as number) : Number.NaN;
      target[i] = Number.isNaN(mean) ? mean : scale(ownZ(value, { mean, sd }));
    } else if (shrinkage) {
      target[i] = scale(shrink(value, sizes ? (sizes[from + i] as number) : 0, shrinkage));
    } else target[i] = scale(value);
  }
}

/** Signals → component, in the same order of additions as `toComposite`. */
export function weighBlock(
  { normalized, present, value, baseline }: ComponentBlock,
  parts: readonly CompiledPart[],
  count: number,
): void {
  for (let i = 0; i < count; i++) {
    let known = 0;
    for (let p = 0; p < parts.length; p++) {
      const own = (normalized[p] as Float64Array)[i] as number;
      if (!Number.isNaN(own)) known += (parts[p] as CompiledPart).share;
    }
    let sum = 0;
    let usual = 0;
    if (known > 0) {
      for (let p = 0; p < parts.length; p++) {
        const own = (normalized[p] as Float64Array)[i] as number;
        if (Number.isNaN(own)) continue;
        const { share, median } = parts[p] as CompiledPart;
        const weight = share / known;
        sum += weight * own;
        usual += weight * median;
      }
    }
    present[i] = known;
    value[i] = sum;
    baseline[i] = usual;
  }
}
