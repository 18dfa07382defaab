/**
 * Where a signal comes from.
 *
 * @module
 */

import type { ScoringModel } from "../model/model.ts";
import type { SignalKind } from "../model/signal-spec.ts";

/** Families of signals. */
export type SignalFamily = "behaviour" | "sentiment" | "external";

const SENTIMENT: ReadonlySet<SignalKind> = new Set([
  "csat",
  "nps",
  "ces",
  "thumbs",
  "comments",
  "sentiment_trajectory",
  "silence",
]);

/** The family of a kind of signal. */
export function familyOfKind(kind: SignalKind): SignalFamily {
  if (kind === "external") return "external";
  return SENTIMENT.has(kind) ? "sentiment" : "behaviour";
}

/**
 * The family of a signal of a model.
 *
 * @throws {RangeError} if the model has no such signal
 */
export function familyOf(model: ScoringModel, key: string): SignalFamily {
  const spec = model.signals.find((signal) => signal.key === key);
  if (!spec) throw new RangeError(`familyOf requires a signal of the model, got ${key}`);
  return familyOfKind(spec.kind);
}
