/**
 * The norms of a later date, as far as an earlier model can read them.
 *
 * @module
 */

import type { ScoringModel } from "../model/model.ts";
import type { Norms } from "../norms/norms.ts";

interface Judged {
  model: ScoringModel;
  norms: Norms;
}

/**
 * The later norms of every signal that both models measure alike; the earlier norms of the others.
 *
 * @param early - model whose signals are asked for, and its norms
 * @param late - the other end
 */
export function comparableNorms(early: Judged, late: Judged): Norms {
  if (early.model.version === late.model.version) return late.norms;
  const specs = new Map(late.model.signals.map((spec) => [spec.key, JSON.stringify(spec)]));
  const alike = new Set(
    early.model.signals
      .filter((spec) => specs.get(spec.key) === JSON.stringify(spec))
      .map((spec) => spec.key),
  );
  const merge = <T>(
    older: Record<string, T>,
    newer: Record<string, T> = {},
  ): Record<string, T> => ({
    ...older,
    ...Object.fromEntries(Object.entries(newer).filter(([key]) => alike.has(key))),
  });
  const segments = new Set([
    ...Object.keys(early.norms.segments),
    ...Object.keys(late.norms.segments),
  ]);
  return {
    ...early.norms,
    project: merge(early.norms.project, late.norms.project),
    segments: Object.fromEntries(
      [...segments].map((segment) => [
        segment,
        merge(early.norms.segments[segment] ?? {}, late.norms.segments[segment]),
      ]),
    ),
  };
}
