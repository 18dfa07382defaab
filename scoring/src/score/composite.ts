/**
 * Components → one number, with missing parts.
 *
 * @module
 */

import type { MeasuredSignal } from "../signals/measured-signal.ts";
import { shrink } from "../signals/sentiment.ts";
import type { CompiledModel, CompiledPart } from "./compile-model.ts";

/** A signal's place in a composite. */
export interface CompositePart {
  part: CompiledPart;
  signal: MeasuredSignal | null;
  /** 0–100; null when missing. */
  normalized: number | null;
  effectiveWeight: number;
}

/** A component's place in a composite. */
export interface CompositeComponent {
  key: string;
  label: string;
  weight: number;
  effectiveWeight: number;
  value: number | null;
  baseline: number;
  parts: CompositePart[];
}

/** The weighted mean of what is known. */
export interface Composite {
  /** 0–100 before overrides; null when nothing is known. */
  value: number | null;
  /** What the baselines of the same components make; null when nothing is known. */
  baseline: number | null;
  /** Share of the weight that was measured, 0–1. */
  coverage: number;
  components: CompositeComponent[];
}

/**
 * Σ wᵢ·cᵢ ÷ Σ wᵢ over the components present.
 *
 * A missing signal gives its weight to the others of its component, and a missing component to the others.
 *
 * @param compiled - model and norms
 * @param signals - of one account, by key
 * @param past - values of the account's own components to compare with, by key; the population's median
 *   account where absent
 */
export function toComposite(
  compiled: CompiledModel,
  signals: ReadonlyMap<string, MeasuredSignal>,
  past: Readonly<Record<string, number>> = {},
): Composite {
  let coverage = 0;
  let weightPresent = 0;
  const components = compiled.components.map(
    ({ key, label, weight, parts }): CompositeComponent => {
      let present = 0;
      const placed = parts.map((part): CompositePart => {
        const signal = signals.get(part.spec.key) ?? null;
        const normalized = signal?.placed?.[key] ?? normalise(part, signal);
        if (normalized !== null) present += part.share;
        return { part, signal, normalized, effectiveWeight: 0 };
      });
      coverage += weight * present;
      let value = 0;
      let baseline = 0;
      for (const place of placed) {
        place.effectiveWeight =
          present === 0 || place.normalized === null ? 0 : place.part.share / present;
        value += place.effectiveWeight * (place.normalized ?? 0);
        baseline += (present === 0 ? place.part.share : place.effectiveWeight) * place.part.median;
      }
      if (present > 0) weightPresent += weight;
      return {
        key,
        label,
        weight,
        effectiveWeight: 0,
        value: present > 0 ? value : null,
        baseline: past[key] ?? baseline,
        parts: placed,
      };
    },
  );
  let value = 0;
  let baseline = 0;
  for (const component of components) {
    if (component.value === null || weightPresent === 0) continue;
    component.effectiveWeight = component.weight / weightPresent;
    value += component.effectiveWeight * component.value;
    baseline += component.effectiveWeight * component.baseline;
  }
  const isKnown = weightPresent > 0;
  return {
    value: isKnown ? value : null,
    baseline: isKnown ? baseline : null,
    coverage: Math.min(1, coverage),
    components,
  };
}

function normalise(part: CompiledPart, signal: MeasuredSignal | null): number | null {
  if (!signal || signal.value === null || !part.scale) return null;
  if (Number.isNaN(signal.value)) {
    throw new RangeError(`scoring requires numbers, but ${part.spec.key} is NaN`);
  }
  if (part.isOwnBaseline) {
    if (!signal.own) return null;
    return part.scale.at(ownZ(signal.value, signal.own));
  }
  const { shrinkage } = part;
  if (!shrinkage) return part.scale.at(signal.value);
  return part.scale.at(shrink(signal.value, signal.effectiveSize ?? signal.sampleSize, shrinkage));
}

/** Distance from the own past in its deviations, which are a tenth of its mean at least [ours]. */
export function ownZ(value: number, { mean, sd }: { mean: number; sd: number }): number {
  const spread = Math.max(sd, 0.1 * Math.abs(mean));
  if (spread === 0) return value === mean ? 0 : value > mean ? 3 : -3;
  return (value - mean) / spread;
}
