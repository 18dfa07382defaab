/**
 * How much a score rests on: confidence and band.
 *
 * @module
 */

import { MS_PER_DAY } from "../facts.ts";
import type { OverrideSpec } from "../model/model.ts";
import type { Composite } from "./composite.ts";
import { applyOverrides } from "./override.ts";

/** Observations at which a signal's size earns half its confidence [ours]. */
const HALF_CONFIDENCE_SIZE = 2;

/**
 * Coverage × freshness × sample size, 0–1.
 *
 * Freshness falls from 1 for a signal observed now to ½ at its `staleAfterDays` [ours]; size is n ÷ (n + 2). Both
 * are means over the signals present, by weight.
 *
 * @param composite - of the account
 * @param now - milliseconds since the Unix epoch
 */
export function confidenceOf(composite: Composite, now: number): number {
  let freshness = 0;
  let size = 0;
  let total = 0;
  for (const component of composite.components) {
    for (const { part, signal, effectiveWeight } of component.parts) {
      const weight = component.effectiveWeight * effectiveWeight;
      if (weight === 0 || !signal) continue;
      const ageDays = signal.observedAt === null ? 0 : (now - signal.observedAt) / MS_PER_DAY;
      const aged = Math.min(1, Math.max(0, ageDays / part.spec.staleAfterDays));
      freshness += weight * (1 - aged / 2);
      size += (weight * signal.sampleSize) / (signal.sampleSize + HALF_CONFIDENCE_SIZE);
      total += weight;
    }
  }
  return total === 0 ? 0 : composite.coverage * (freshness / total) * (size / total);
}

/**
 * What the score could be, were each missing signal between the population's p10 and p90.
 *
 * @param composite - of the account
 * @param overrides - rules that hold for it; they limit the band too
 * @param score - the account's, always within the band
 */
export function bandOf(
  composite: Composite,
  overrides: readonly OverrideSpec[],
  score: number,
): [low: number, high: number] {
  let low = 0;
  let high = 0;
  for (const component of composite.components) {
    for (const { part, normalized } of component.parts) {
      const weight = component.weight * part.share;
      low += weight * (normalized ?? part.low);
      high += weight * (normalized ?? part.high);
    }
  }
  return [
    Math.min(score, applyOverrides(low, overrides, composite).score),
    Math.max(score, applyOverrides(high, overrides, composite).score),
  ];
}
