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
  /** 0–100; NaN where nothing is known. */
  value: Float64Array;
  /** The same for the median account, of the signals that are known. */
  baseline: Float64Array;
}

/** Room for a component of some signals and accounts. */
export function createBlock(parts: readonly CompiledPart[], size: number): ComponentBlock {
  const normalized = parts.map(() => new Float64Array(size));
  const [only] = parts;
  if (parts.length !== 1 || !only) {
    return {
      normalized,
      present: new Float64Array(size),
      value: new Float64Array(size),
      baseline: new Float64Array(size),
    };
  }
  // A component of one signal is that signal, and its baseline never changes.
  return {
    normalized,
    present: new Float64Array(size),
    value: normalized[0] as Float64Array,
    baseline: new Float64Array(size).fill(only.median),
  };
}

/** Fills `target` with one signal on the common scale; NaN where missing. */
export function normaliseBlock(
  target: Float64Array,
  part: CompiledPart,
  { column, from, count }: { column: SignalColumn | undefined; from: number; count: number },
): void {
  const { scale } = part;
  if (!column || !scale) {
    target.fill(Number.NaN);
    return;
  }
  const values = part.isOwnBaseline || part.shrinkage ? target : column.values;
  if (part.isOwnBaseline) fillOwnZ(target, column, { from, count });
  else if (part.shrinkage) fillShrunk(target, column, { from, count, ...part.shrinkage });
  scale.fill(target, values, { from: values === target ? 0 : from, count });
}

function fillOwnZ(
  target: Float64Array,
  { values, ownMeans, ownDeviations }: SignalColumn,
  { from, count }: { from: number; count: number },
): void {
  for (let i = 0; i < count; i++) {
    const value = values[from + i] as number;
    const mean = ownMeans ? (ownMeans[from + i] as number) : Number.NaN;
    const sd = ownDeviations ? (ownDeviations[from + i] as number) : Number.NaN;
    target[i] = Number.isNaN(value) || Number.isNaN(mean) ? Number.NaN : ownZ(value, { mean, sd });
  }
}

function fillShrunk(
  target: Float64Array,
  { values, sizes }: SignalColumn,
  given: { from: number; count: number; shrinkage: number; projectMean: number },
): void {
  const { from, count } = given;
  for (let i = 0; i < count; i++) {
    const value = values[from + i] as number;
    const size = sizes ? (sizes[from + i] as number) : 0;
    target[i] = Number.isNaN(value) ? value : shrink(value, size, given);
  }
}

/** Signals → component, in the same order of additions as `toComposite`. */
export function weighBlock(block: ComponentBlock, parts: readonly CompiledPart[]): void {
  const { normalized, present, value, baseline } = block;
  present.fill(0);
  parts.forEach((part, p) => {
    addShare(part, normalized[p] as Float64Array, present);
  });
  if (parts.length === 1) return;
  value.fill(0);
  baseline.fill(0);
  parts.forEach((part, p) => {
    addSignal(part, normalized[p] as Float64Array, block);
  });
  for (let i = 0; i < value.length; i++) if (present[i] === 0) value[i] = Number.NaN;
}

function addShare({ share }: CompiledPart, own: Float64Array, present: Float64Array): void {
  for (let i = 0; i < own.length; i++) {
    if (!Number.isNaN(own[i])) present[i] = (present[i] as number) + share;
  }
}

function addSignal(
  { share, median }: CompiledPart,
  own: Float64Array,
  { present, value, baseline }: ComponentBlock,
): void {
  for (let i = 0; i < own.length; i++) {
    const normalized = own[i] as number;
    if (Number.isNaN(normalized)) continue;
    const weight = share / (present[i] as number);
    value[i] = (value[i] as number) + weight * normalized;
    baseline[i] = (baseline[i] as number) + weight * median;
  }
}
