/**
 * Experiments: accounts split by a stable hash, compared on outcomes.
 *
 * @module
 */

import { stableFraction } from "../stable-hash.ts";
import { normalQuantile } from "../stats/normal.ts";
import { newcombeInterval, wilsonInterval } from "../stats/wilson.ts";

/** One way of doing it. */
export interface Variant {
  key: string;
  /** Share of accounts, above 0; shares are divided by their sum. */
  share: number;
}

/**
 * The variant of an account: the same for good, and independent between experiments.
 *
 * @param experiment - key of the experiment
 * @param accountId - of the account
 * @param variants - at least one, in a fixed order
 * @throws {RangeError} if there is no variant, or a share is not above 0
 */
export function assignVariant(
  experiment: string,
  accountId: string,
  variants: readonly Variant[],
): string {
  const total = variants.reduce((sum, variant) => sum + variant.share, 0);
  if (!variants.every((variant) => variant.share > 0) || !(total > 0)) {
    throw new RangeError("assignVariant requires variants with shares above 0");
  }
  let left = stableFraction(`${experiment}\u0000${accountId}`) * total;
  for (const variant of variants) {
    left -= variant.share;
    if (left < 0) return variant.key;
  }
  return (variants.at(-1) as Variant).key;
}

/** What {@link requiredSampleSize} works out. */
export interface SampleSizeInput {
  /** Share of accounts with the outcome today, above 0, below 1. */
  baseline: number;
  /** Share that would be worth finding, above 0, below 1, not the same. */
  target: number;
  /** Probability of a false finding, both sides; 0.05 unless told. */
  significance?: number;
  /** Probability of finding a true difference; 0.8 unless told. */
  power?: number;
}

/**
 * Accounts needed in each of two equal groups, by the normal approximation.
 *
 * @throws {RangeError} if a share is out of range or both are the same
 * @see https://doi.org/10.1002/0471445428 (Fleiss, Levin and Paik, section 4.2, without continuity correction)
 */
export function requiredSampleSize(input: SampleSizeInput): number {
  const { baseline, target, significance = 0.05, power = 0.8 } = input;
  for (const share of [baseline, target, significance, power]) {
    if (!(share > 0 && share < 1)) {
      throw new RangeError(`requiredSampleSize requires shares in (0, 1), got ${share}`);
    }
  }
  if (baseline === target) throw new RangeError("requiredSampleSize requires two different shares");
  const pooled = (baseline + target) / 2;
  const sides = normalQuantile(1 - significance / 2) * Math.sqrt(2 * pooled * (1 - pooled));
  const spread = Math.sqrt(baseline * (1 - baseline) + target * (1 - target));
  return Math.ceil(((sides + normalQuantile(power) * spread) / (target - baseline)) ** 2);
}

/** Accounts of one variant, and how many of them had the outcome. */
export interface VariantCount {
  key: string;
  accounts: number;
  withOutcome: number;
}

/** One variant against the first. */
export interface VariantResult extends VariantCount {
  share: number | null;
  /** Wilson's 95 %. */
  interval: [low: number, high: number] | null;
  /** Share − share of the first variant, with Newcombe's 95 % interval; null for the first, or without accounts. */
  difference: { value: number; interval: [low: number, high: number] } | null;
}

/** Compares the shares of variants with the first one. */
export function compareVariants(variants: readonly VariantCount[]): VariantResult[] {
  const first = variants[0];
  return variants.map((variant, i) => {
    const { accounts, withOutcome } = variant;
    if (accounts === 0) return { ...variant, share: null, interval: null, difference: null };
    const share = withOutcome / accounts;
    const interval = wilsonInterval(withOutcome, accounts);
    if (i === 0 || !first || first.accounts === 0) {
      return { ...variant, share, interval, difference: null };
    }
    const difference = {
      value: share - first.withOutcome / first.accounts,
      interval: newcombeInterval([withOutcome, accounts], [first.withOutcome, first.accounts]),
    };
    return { ...variant, share, interval, difference };
  });
}
