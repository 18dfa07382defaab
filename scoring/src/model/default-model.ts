/**
 * The model that a project starts with.
 *
 * @module
 */

import type { ComponentSpec, ScoringModel, TierRules } from "./model.ts";
import type { Normaliser } from "./normaliser.ts";
import type { SignalKind, SignalSpec } from "./signal-spec.ts";

/** Bounds and notice that a model starts with. */
export const DEFAULT_TIERS: TierRules = {
  healthyFrom: 70,
  criticalBelow: 40,
  margin: 5,
  noticeEvaluations: 2,
  noticeHours: 24,
  fallPoints: 25,
  fallDays: 7,
};

/** Events that tell of presence or of a prompt, not of use. */
export const PASSIVE_EVENTS: string[] = [
  "Signed In",
  "Logged In",
  "Login",
  "Session Started",
  "Session Ended",
  "Survey Shown",
  "Survey Answered",
  "Survey Dismissed",
  "Survey Postponed",
  "Web Vital",
  "Friction",
];

function usage(kind: SignalKind, label: string, rest: Partial<SignalSpec>): SignalSpec {
  return {
    key: kind,
    kind,
    label,
    windowDays: 28,
    halfLifeDays: null,
    staleAfterDays: 365,
    per: "account",
    ignoredEvents: PASSIVE_EVENTS,
    ...rest,
  };
}

function target(...points: [value: number, normalized: number][]): Normaliser {
  return { kind: "target", points };
}

function component(
  label: string,
  weight: number,
  { signal, normaliser }: { signal: SignalKind; normaliser: Normaliser },
): ComponentSpec {
  const key = label.toLowerCase().replaceAll(" ", "_");
  return { key, label, weight, signals: [{ signal, weight: 1, normaliser, direction: "higher" }] };
}

/**
 * Five signals, four of usage and one of satisfaction, for a product that nothing is known about [ours].
 *
 * Usage is looked at mostly against the account's own past, so that a small steady account is not red, and what users
 * say can hold a busy account below healthy. The points were chosen on simulated books of other seeds than those of
 * the tests; a product's own outcomes are better. Without answers the usage carries the score; coverage then says 0.75.
 */
export const DEFAULT_MODEL: ScoringModel = {
  version: "default.1",
  name: "Default",
  author: "Telltale",
  rationale: "A start for any product; calibrate it once outcomes are known.",
  effectiveFrom: "2026-01-01T00:00:00.000Z",
  calibratedAt: null,
  signals: [
    usage("raw_score", "Usage", {
      halfLifeDays: 14,
      per: "active_user",
      otherEventWeight: 1,
      maxUserShare: 0.5,
    }),
    usage("feature_breadth", "Features in use", { features: [], minDays: 1 }),
    usage("active_days", "Active days", { ignoredEvents: [] }),
    usage("velocity", "Usage trend", { windowDays: 180, fastDays: 7, slowDays: 84 }),
    {
      key: "csat",
      kind: "csat",
      label: "Satisfaction",
      windowDays: 180,
      halfLifeDays: 60,
      staleAfterDays: 180,
      per: "account",
      shrinkage: 5,
    },
  ],
  components: [
    component("Usage", 0.1, {
      signal: "raw_score",
      normaliser: { kind: "p90_exponential", k: 3 },
    }),
    component("Features in use", 0.1, {
      signal: "feature_breadth",
      normaliser: { kind: "p90_exponential", k: 3 },
    }),
    component("Active days", 0.15, {
      signal: "active_days",
      normaliser: target([0, 0], [0.1, 40], [0.3, 75], [0.6, 100]),
    }),
    component("Usage trend", 0.4, {
      signal: "velocity",
      normaliser: target([-1.3, 0], [-0.7, 25], [-0.35, 72], [0, 90], [0.3, 100]),
    }),
    component("Satisfaction", 0.25, {
      signal: "csat",
      normaliser: target([40, 0], [60, 25], [70, 65], [80, 90], [90, 100]),
    }),
  ],
  tiers: DEFAULT_TIERS,
  overrides: [
    {
      key: "log-ins-alone",
      label: "Log-ins alone are not health",
      when: { signal: "feature_breadth", measure: "value", is: "below", bound: 1e-9 },
      cap: 60,
    },
    {
      key: "unhappy-users",
      label: "Busy but unhappy",
      when: { signal: "csat", measure: "normalized", is: "below", bound: 33 },
      cap: 65,
    },
  ],
  profiles: [],
  referenceSegments: [],
  minAgeDays: 7,
  minCoverage: 0.5,
  smoothingHalfLifeDays: null,
};
