/**
 * Explicit rules that cap or lift a score.
 *
 * @module
 */

import type { OverrideSpec } from "../model/model.ts";
import type { Composite } from "./composite.ts";

/** What one rule did. */
export interface AppliedOverride {
  override: OverrideSpec;
  /** In points; 0 or less for a cap, 0 or more for a floor. */
  change: number;
}

/**
 * Applies the rules that hold, in the order of the model.
 *
 * @param score - before overrides, 0–100
 * @param overrides - of the model and its profile
 * @param composite - where the signals are looked up
 */
export function applyOverrides(
  score: number,
  overrides: readonly OverrideSpec[],
  composite: Composite,
): { score: number; applied: AppliedOverride[] } {
  let current = score;
  const applied: AppliedOverride[] = [];
  for (const override of overrides) {
    if (!holds(override, composite)) continue;
    let next = current;
    if (override.cap !== undefined) next = Math.min(next, override.cap);
    if (override.floor !== undefined) next = Math.max(next, override.floor);
    if (next !== current) applied.push({ override, change: next - current });
    current = next;
  }
  return { score: current, applied };
}

function holds({ when }: OverrideSpec, composite: Composite): boolean {
  for (const component of composite.components) {
    for (const { part, signal, normalized } of component.parts) {
      if (part.spec.key !== when.signal || normalized === null) continue;
      const looked = when.measure === "value" ? (signal?.value ?? null) : normalized;
      if (looked === null) return false;
      return when.is === "below" ? looked < when.bound : looked > when.bound;
    }
  }
  return false;
}
