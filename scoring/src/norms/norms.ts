/**
 * Norms: a dated, immutable snapshot of how a population looked, so that one account can be scored alone.
 *
 * @module
 */

import type { MeasuredSignal } from "../signals/measured-signal.ts";

/** How the values of one signal lie in a population. */
export interface Distribution {
  /** Accounts it rests on. */
  n: number;
  mean: number;
  sd: number;
  median: number;
  /** Median absolute deviation, without the factor 1.4826. */
  mad: number;
  /** Linear-interpolated ninetieth percentile. */
  p90: number;
  /** 101 values at the mid-ranks (i + ½) ÷ 101, growing. */
  points: number[];
}

/** Norms of a project, frozen at a moment. Plain JSON. */
export interface Norms {
  /** Names the snapshot: date and digest of its content. */
  version: string;
  /** When it was built, in milliseconds since the Unix epoch. */
  builtAt: number;
  /** Model version whose signals it describes. */
  modelVersion: string;
  /** Accounts that were seen. */
  accounts: number;
  /** By signal key; the project blended with the model's prior. */
  project: Record<string, Distribution>;
  /** By segment key, then by signal key; the segment blended with the project. */
  segments: Record<string, Record<string, Distribution>>;
}

/** What the norms are built from: one account's signals. */
export interface NormsRow {
  accountId: string;
  segments: readonly string[];
  signals: readonly MeasuredSignal[];
}
