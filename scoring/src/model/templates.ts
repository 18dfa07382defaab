/**
 * Models to start from, beside the default.
 *
 * @module
 */

import { DEFAULT_MODEL, DEFAULT_TIERS, PASSIVE_EVENTS } from "./default-model.ts";
import type { ComponentSpec, ScoringModel } from "./model.ts";
import type { Normaliser } from "./normaliser.ts";
import type { SignalSpec } from "./signal-spec.ts";

const BLANK: Omit<ScoringModel, "version" | "name" | "rationale" | "signals" | "components"> = {
  author: "Telltale",
  effectiveFrom: null,
  calibratedAt: null,
  tiers: DEFAULT_TIERS,
  overrides: [],
  profiles: [],
  referenceSegments: [],
  minAgeDays: 7,
  minCoverage: 0.5,
  smoothingHalfLifeDays: null,
};

function spec(key: string, label: string, rest: Partial<SignalSpec>): SignalSpec {
  return {
    key,
    label,
    kind: "raw_score",
    windowDays: 30,
    halfLifeDays: null,
    staleAfterDays: 365,
    per: "account",
    ...rest,
  };
}

function single(
  signal: SignalSpec,
  { weight, normaliser }: { weight: number; normaliser: Normaliser },
): ComponentSpec {
  const part = { signal: signal.key, weight: 1, normaliser, direction: "higher" as const };
  return { key: signal.key, label: signal.label, weight, signals: [part] };
}

/**
 * One component: events by their points (9, 7, 5), scaled so that the ninetieth percentile of accounts has 100.
 *
 * Three leads, five meetings and ten calls of the last 30 days make a raw score of 112.
 */
export const WEIGHTED_EVENTS_MODEL: ScoringModel = (() => {
  const raw = spec("raw_score", "Weighted events", {
    eventWeights: { "Lead Created": 9, "Meeting Held": 7, "Call Logged": 5 },
    otherEventWeight: 0,
  });
  return {
    ...BLANK,
    version: "weighted-events.1",
    name: "Weighted events",
    rationale: "Every event has its points; the best tenth of accounts sets the scale.",
    signals: [raw],
    components: [single(raw, { weight: 1, normaliser: { kind: "p90_exponential", k: 2 } })],
  };
})();

/** Five components: daily usage 30 %, feature breadth 25 %, support sentiment 20 %, NPS 15 %, contract growth 10 %. */
export const FIVE_COMPONENTS_MODEL: ScoringModel = (() => {
  const usage = spec("daily_usage", "Daily usage", { kind: "active_days", windowDays: 28 });
  const breadth = spec("feature_breadth", "Feature breadth", {
    kind: "feature_breadth",
    windowDays: 28,
    ignoredEvents: PASSIVE_EVENTS,
  });
  const sentiment = spec("support_sentiment", "Support sentiment", {
    kind: "csat",
    windowDays: 180,
    halfLifeDays: 60,
    staleAfterDays: 180,
  });
  const nps = spec("nps", "NPS", {
    kind: "nps",
    windowDays: 365,
    halfLifeDays: 120,
    staleAfterDays: 365,
  });
  const growth = spec("contract_growth", "Contract growth", {
    kind: "external",
    series: "contract_value",
    aggregate: "slope",
    windowDays: 365,
    unit: "per 30 days",
    prior: [-50, -10, 0, 0, 0, 0, 0, 10, 50, 100],
  });
  const percentile: Normaliser = { kind: "percentile" };
  const points: Normaliser = {
    kind: "target",
    points: [
      [0, 0],
      [100, 100],
    ],
  };
  return {
    ...BLANK,
    version: "five-components.1",
    name: "Five components",
    rationale: "The classic split: use first, then breadth, feeling and growth.",
    signals: [usage, breadth, sentiment, nps, growth],
    components: [
      single(usage, { weight: 0.3, normaliser: { kind: "minmax" } }),
      single(breadth, { weight: 0.25, normaliser: percentile }),
      single(sentiment, { weight: 0.2, normaliser: points }),
      single(nps, { weight: 0.15, normaliser: points }),
      single(growth, { weight: 0.1, normaliser: percentile }),
    ],
  };
})();

/** Every model to start from, by its name in addresses. */
export const MODEL_TEMPLATES: Readonly<Record<string, ScoringModel>> = {
  default: DEFAULT_MODEL,
  "weighted-events": WEIGHTED_EVENTS_MODEL,
  "five-components": FIVE_COMPONENTS_MODEL,
};
