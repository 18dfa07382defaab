/**
 * A model and its norms, made ready to score many accounts.
 *
 * @module
 */

import type { ComponentSignal, OverrideSpec, ScoringModel } from "../model/model.ts";
import type { SignalSpec } from "../model/signal-spec.ts";
import type { Distribution, Norms } from "../norms/norms.ts";
import { createScale, quantileOf } from "./normalise.ts";
import type { Scale } from "./scale.ts";

/** One signal of one component, ready to be normalised. */
export interface CompiledPart {
  spec: SignalSpec;
  /** Share in its component, 0–1. */
  share: number;
  /** Null when there is nothing to compare with. */
  scale: Scale | null;
  isOwnBaseline: boolean;
  /** Null for signals that are not drawn to the project's mean. */
  shrinkage: { shrinkage: number; projectMean: number } | null;
  /** Value of the population's median account, in the signal's unit; null when the norms do not know it. */
  typical: number | null;
  /** Normalised value of the median account, and of those at p10 and p90 of health, 0–100. */
  median: number;
  low: number;
  high: number;
}

/** One component, ready. */
export interface CompiledComponent {
  key: string;
  label: string;
  weight: number;
  parts: CompiledPart[];
}

/** A model (with a profile applied) against one reference population. */
export interface CompiledModel {
  model: ScoringModel;
  components: CompiledComponent[];
  overrides: OverrideSpec[];
}

const SENTIMENT = new Set(["csat", "nps", "ces", "thumbs", "comments"]);
const DEFAULT_SHRINKAGE = 5;

/**
 * Prepares a model for one reference population.
 *
 * @param model - with its profile applied
 * @param norms - of the project
 * @param segment - whose norms are taken where there are some; null for the project's
 * @throws {RangeError} if a component names a signal that the model lacks
 */
export function compileModel(
  model: ScoringModel,
  norms: Norms,
  segment: string | null,
): CompiledModel {
  const specs = new Map(model.signals.map((spec) => [spec.key, spec]));
  const populationOf = (key: string): Distribution | null =>
    (segment === null ? undefined : norms.segments[segment]?.[key]) ?? norms.project[key] ?? null;
  const components = model.components.map(({ key, label, weight, signals }) => {
    const total = signals.reduce((sum, part) => sum + part.weight, 0);
    return {
      key,
      label,
      weight,
      parts: signals.map((part) => {
        const spec = specs.get(part.signal);
        if (!spec) throw new RangeError(`compileModel requires signal ${part.signal} in the model`);
        return compilePart(part, spec, {
          share: part.weight / total,
          population: populationOf(part.signal),
          project: norms.project[part.signal] ?? null,
        });
      }),
    };
  });
  return { model, components, overrides: model.overrides };
}

function compilePart(
  part: ComponentSignal,
  spec: SignalSpec,
  {
    share,
    population,
    project,
  }: { share: number; population: Distribution | null; project: Distribution | null },
): CompiledPart {
  const scale = createScale(part, population);
  const isOwnBaseline = part.normaliser.kind === "own_baseline";
  const at = (p: number): number => {
    if (!scale) return 50;
    if (isOwnBaseline) return scale.at(p === 0.5 ? 0 : p < 0.5 ? -1.2816 : 1.2816);
    return population ? scale.at(quantileOf(population, p)) : 50;
  };
  const ends = [at(0.1), at(0.9)];
  return {
    spec,
    share,
    scale,
    isOwnBaseline,
    shrinkage:
      SENTIMENT.has(spec.kind) && project
        ? { shrinkage: spec.shrinkage ?? DEFAULT_SHRINKAGE, projectMean: project.mean }
        : null,
    typical: population?.median ?? null,
    median: isOwnBaseline || !population ? at(0.5) : scale ? scale.at(population.median) : 50,
    low: Math.min(...ends),
    high: Math.max(...ends),
  };
}
