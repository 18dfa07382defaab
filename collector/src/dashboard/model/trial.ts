import type { ScoringModel } from "@telltale/scoring";
import { Problem } from "../../problem.ts";

/** Weights and bounds that somebody tries out. */
export interface TrialWeights {
  /** By component key, any unit: they are divided by their sum. */
  weights: ReadonlyMap<string, number>;
  healthyFrom: number;
  criticalBelow: number;
}

/** The field of a component's weight, in per cent. */
export const weightField = (key: string): string => `weight-${key}`;

function toNumber(text: string, fallback: number, most: number): number {
  if (text === "") return fallback;
  const value = Number(text);
  if (!Number.isFinite(value) || value < 0 || value > most) {
    throw new Problem("invalid-request", `Each number is between 0 and ${most}.`);
  }
  return value;
}

/**
 * Reads the weights and bounds of the form; what is absent stays as in the model.
 *
 * @throws {Problem} invalid-request
 */
export function parseTrial(model: ScoringModel, field: (name: string) => string): TrialWeights {
  const weights = new Map(
    model.components.map(({ key, weight }) => [
      key,
      toNumber(field(weightField(key)), Math.round(weight * 1_000) / 10, 100),
    ]),
  );
  if ([...weights.values()].every((weight) => weight === 0)) {
    throw new Problem("invalid-request", "At least one component needs a weight above 0.");
  }
  const healthyFrom = toNumber(field("healthy-from"), model.tiers.healthyFrom, 100);
  const criticalBelow = toNumber(field("critical-below"), model.tiers.criticalBelow, 100);
  if (criticalBelow >= healthyFrom) {
    throw new Problem("invalid-request", "Critical ends below where healthy begins.");
  }
  return { weights, healthyFrom, criticalBelow };
}

/** A new document with the weights and bounds that were tried; the weights sum to 1. */
export function toDraftDocument(
  model: ScoringModel,
  trial: TrialWeights,
  version: string,
): ScoringModel {
  const kept = model.components.filter(({ key }) => (trial.weights.get(key) ?? 0) > 0);
  const total = kept.reduce((sum, { key }) => sum + (trial.weights.get(key) ?? 0), 0);
  const used = new Set(kept.flatMap(({ signals }) => signals.map(({ signal }) => signal)));
  return {
    ...model,
    version,
    effectiveFrom: null,
    components: kept.map((component) => ({
      ...component,
      weight: (trial.weights.get(component.key) ?? 0) / total,
    })),
    // A signal that only an override looks at stays measured.
    signals: model.signals.filter(
      ({ key }) => used.has(key) || model.overrides.some(({ when }) => when.signal === key),
    ),
    tiers: {
      ...model.tiers,
      healthyFrom: trial.healthyFrom,
      criticalBelow: trial.criticalBelow,
    },
  };
}

/** The next free version of a day, such as `2026-11-21.2`. */
export function nextVersion(day: string, known: readonly string[]): string {
  let count = 1;
  while (known.includes(`${day}.${count}`)) count += 1;
  return `${day}.${count}`;
}
