/**
 * Priors: what a population is taken to look like while there is none [ours].
 *
 * @module
 */

import type { SignalKind, SignalSpec } from "../model/signal-spec.ts";
import { normalQuantile } from "../stats/normal.ts";
import { quantile } from "../stats/quantile.ts";
import { toDistribution } from "./distribution.ts";
import type { Distribution } from "./norms.ts";

/** Accounts that a prior is worth. Few, because the scale of a product's events is its own. */
export const PRIOR_ACCOUNTS = 3;

/** The places of a distribution's points, as probabilities and as standard normal values. */
const GRID = Array.from({ length: 101 }, (_, i) => {
  const p = (i + 0.5) / 101;
  return { p, z: normalQuantile(p) };
});

type Shape = (at: { p: number; z: number }) => number;

const exponential =
  (p90: number): Shape =>
  ({ p }) =>
    (-Math.log(1 - p) / Math.LN10) * p90;
const normal =
  (mean: number, sd: number, ...[low, high]: [low: number, high: number]): Shape =>
  ({ z }) =>
    Math.min(high, Math.max(low, mean + sd * z));
const share = normal(0.5, 0.25, 0, 1);

const SHAPES: Record<SignalKind, Shape | null> = {
  raw_score: exponential(200),
  feature_breadth: exponential(10),
  feature_depth: normal(1.5, 0.8, 0, 10),
  active_days: share,
  seat_coverage: share,
  stickiness: normal(0.3, 0.15, 0, 1),
  session_frequency: exponential(7),
  engaged_time: exponential(600),
  critical_return: share,
  velocity: normal(0, 0.35, -3, 3),
  task_completion: normal(0.8, 0.12, 0, 1),
  time_to_value: exponential(30),
  path_adherence: share,
  milestones: share,
  friction: exponential(1),
  web_vital: exponential(400),
  csat: normal(75, 15, 0, 100),
  nps: normal(70, 15, 0, 100),
  ces: normal(70, 15, 0, 100),
  thumbs: normal(75, 15, 0, 100),
  comments: normal(60, 15, 0, 100),
  sentiment_trajectory: normal(0, 5, -100, 100),
  silence: normal(0, 0.2, -1, 1),
  external: null,
};

/**
 * The distribution that a signal is blended with while few accounts are known.
 *
 * @returns that of `spec.prior` where given, else the kind's; null for an external series without one
 */
export function priorDistribution(spec: SignalSpec): Distribution | null {
  if (spec.prior) {
    const given = spec.prior;
    return { ...toDistribution(GRID.map(({ p }) => quantile(given, p))), n: 0 };
  }
  const hasCoreFeatures = (spec.features?.length ?? 0) > 0;
  const shape =
    spec.kind === "feature_breadth" && hasCoreFeatures ? share : (SHAPES[spec.kind] ?? null);
  return shape ? { ...toDistribution(GRID.map(shape)), n: 0 } : null;
}
