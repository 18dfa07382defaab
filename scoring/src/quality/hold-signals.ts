/**
 * Through an outage: the last good value, with falling confidence.
 *
 * @module
 */

import type { ScoringModel } from "../model/model.ts";
import type { SignalKind, SignalSpec } from "../model/signal-spec.ts";
import type { MeasuredSignal } from "../signals/measured-signal.ts";

const RESPONSES: ReadonlySet<SignalKind> = new Set([
  "csat",
  "nps",
  "ces",
  "thumbs",
  "comments",
  "sentiment_trajectory",
]);

/**
 * The source that a signal rests on: `usage`, `responses`, `prompts`, `tasks`, `milestones`, `vitals`, or the name of
 * its external series.
 */
export function sourceOf(spec: SignalSpec): string {
  if (spec.kind === "external") return spec.series ?? spec.key;
  if (RESPONSES.has(spec.kind)) return "responses";
  if (spec.kind === "silence") return "prompts";
  if (spec.kind === "task_completion") return "tasks";
  if (spec.kind === "milestones") return "milestones";
  if (spec.kind === "web_vital") return "vitals";
  return "usage";
}

/**
 * Replaces the signals of sources that are out by their last good ones.
 *
 * A held signal keeps the time of its last observation, so freshness, and with it confidence, goes on falling.
 *
 * @param current - as measured now
 * @param lastGood - as measured on the last good day
 * @param out - the model and the sources that are out
 */
export function holdSignals(
  current: readonly MeasuredSignal[],
  lastGood: readonly MeasuredSignal[],
  { model, sources }: { model: ScoringModel; sources: readonly string[] },
): MeasuredSignal[] {
  const good = new Map(lastGood.map((signal) => [signal.key, signal]));
  const specs = new Map(model.signals.map((spec) => [spec.key, spec]));
  return current.map((signal) => {
    const spec = specs.get(signal.key);
    if (!spec || !sources.includes(sourceOf(spec))) return signal;
    return good.get(signal.key) ?? signal;
  });
}
