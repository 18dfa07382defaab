/**
 * The model that a project starts with.
 *
 * @module
 */

import type { ScoringModel, TierRules } from "./model.ts";
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

/**
 * Five signals, four of usage and one of satisfaction, for a product that nothing is known about [ours].
 *
 * Without answers to surveys the usage carries the score; coverage then says 0.8.
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
    usage("velocity", "Usage trend", { windowDays: 90, fastDays: 7, slowDays: 28 }),
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
    {
      key: "usage",
      label: "Usage",
      weight: 0.15,
      signals: [
        {
          signal: "raw_score",
          weight: 1,
          normaliser: { kind: "p90_exponential", k: 2 },
          direction: "higher",
        },
      ],
    },
    {
      key: "breadth",
      label: "Features in use",
      weight: 0.15,
      signals: [
        {
          signal: "feature_breadth",
          weight: 1,
          normaliser: { kind: "percentile" },
          direction: "higher",
        },
      ],
    },
    {
      key: "regularity",
      label: "Active days",
      weight: 0.2,
      signals: [
        {
          signal: "active_days",
          weight: 1,
          normaliser: {
            kind: "target",
            points: [
              [0, 0],
              [0.15, 40],
              [0.4, 75],
              [0.65, 100],
            ],
          },
          direction: "higher",
        },
      ],
    },
    {
      key: "trend",
      label: "Usage trend",
      weight: 0.3,
      signals: [
        {
          signal: "velocity",
          weight: 1,
          normaliser: {
            kind: "target",
            points: [
              [-1.2, 0],
              [-0.5, 35],
              [-0.2, 70],
              [0, 85],
              [0.4, 100],
            ],
          },
          direction: "higher",
        },
      ],
    },
    {
      key: "satisfaction",
      label: "Satisfaction",
      weight: 0.2,
      signals: [
        {
          signal: "csat",
          weight: 1,
          normaliser: {
            kind: "target",
            points: [
              [0, 0],
              [100, 100],
            ],
          },
          direction: "higher",
        },
      ],
    },
  ],
  tiers: DEFAULT_TIERS,
  overrides: [
    {
      key: "log-ins-alone",
      label: "Log-ins alone are not health",
      when: { signal: "feature_breadth", measure: "value", is: "below", bound: 1e-9 },
      cap: 60,
    },
  ],
  profiles: [],
  referenceSegments: [],
  minAgeDays: 7,
  minCoverage: 0.5,
  smoothingHalfLifeDays: null,
};
