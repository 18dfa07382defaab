/**
 * The model document: everything that decides how facts become a score, as plain JSON.
 *
 * @module
 */

import type { Normaliser } from "./normaliser.ts";
import type { SignalSpec } from "./signal-spec.ts";

/** One signal's part in a component. */
export interface ComponentSignal {
  /** {@link SignalSpec.key} of a signal of the same model. */
  signal: string;
  /** Share in the component, above 0; shares are divided by their sum. */
  weight: number;
  normaliser: Normaliser;
  /** Whether a higher or a lower value is healthier. */
  direction: "higher" | "lower";
}

/** A weighted part of the score, 0–100. */
export interface ComponentSpec {
  key: string;
  label: string;
  /** Share in the score, 0–1; the weights of a model sum to 1. */
  weight: number;
  signals: ComponentSignal[];
}

/** Bounds of the tiers and how slowly they are crossed. */
export interface TierRules {
  /** Scores at or above are `healthy`, 0–100. */
  healthyFrom: number;
  /** Scores below are `critical`, 0–100. */
  criticalBelow: number;
  /** Points by which a score must clear a bound on the way up. */
  margin: number;
  /** A change is confirmed after it held for so many evaluations … */
  noticeEvaluations: number;
  /** … and for so many hours. */
  noticeHours: number;
  /** A fall of so many points … */
  fallPoints: number;
  /** … within so many days needs no notice. */
  fallDays: number;
}

/** An explicit rule that caps or lifts the score, and shows as a driver. */
export interface OverrideSpec {
  key: string;
  label: string;
  when: {
    /** Key of the signal that is looked at; a missing signal never triggers. */
    signal: string;
    /** `value` compares the signal in its unit, `normalized` its 0–100 value. */
    measure: "value" | "normalized";
    is: "below" | "above";
    bound: number;
  };
  /** Highest score that is allowed while it holds, 0–100. */
  cap?: number;
  /** Lowest score that is allowed while it holds, 0–100. */
  floor?: number;
}

/** A variation for accounts of a segment or an age. */
export interface ProfileSpec {
  key: string;
  label: string;
  /** The profile with the highest precedence that matches applies; precedences are distinct. */
  precedence: number;
  when: { segment?: string; minAgeDays?: number; maxAgeDays?: number };
  /** Weights by component key that replace those of the model; they are divided by their sum. */
  weights?: Record<string, number>;
  tiers?: Partial<TierRules>;
  overrides?: OverrideSpec[];
  minAgeDays?: number;
}

/** A scoring model. Immutable once published. */
export interface ScoringModel {
  /** Names this document for good, for instance `2026-11-21.1`. */
  version: string;
  name: string;
  author: string;
  /** Why it is as it is, or why it replaces the one before. */
  rationale: string;
  /** When it starts to apply, ISO 8601; null while it is a draft. */
  effectiveFrom: string | null;
  /** When its weights were last checked against outcomes, ISO 8601. */
  calibratedAt: string | null;
  signals: SignalSpec[];
  components: ComponentSpec[];
  tiers: TierRules;
  overrides: OverrideSpec[];
  profiles: ProfileSpec[];
  /**
   * Segments that have norms of their own. An account in several is compared with the first of this list.
   */
  referenceSegments: string[];
  /** Younger accounts are `unknown`, in days. */
  minAgeDays: number;
  /** Accounts with less of the weight measured are `unknown`, 0–1. */
  minCoverage: number;
  /**
   * Half-life in days of the mean of scores that rules of a fall look at; null for the plain score. No model of ours has one:
   * it halves what such a rule says, and finds fewer of those who leave (`npm run bench:alerts`).
   */
  smoothingHalfLifeDays: number | null;
}
