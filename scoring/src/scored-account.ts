/**
 * The result of scoring one account; its parts carry the names of the REST interface.
 *
 * @module
 */

import type { MeasuredSignal } from "./signals/measured-signal.ts";

/** Tiers, from best to worst; `unknown` when the evidence is too thin. */
export type Tier = "healthy" | "at_risk" | "critical" | "unknown";

/** A signal with its place on the common scale. */
export interface ScoredSignal extends MeasuredSignal {
  label: string;
  /** 0–100, higher is healthier; null when missing. */
  normalized: number | null;
  /** Share in its component after missing signals gave theirs away, 0–1. */
  effectiveWeight: number;
}

/** A component of a score. */
export interface ScoredComponent {
  key: string;
  label: string;
  /** 0–100; null when all its signals are missing. */
  value: number | null;
  /** Share in the model (after the profile), 0–1. */
  weight: number;
  /** Share in this score, 0–1; 0 when missing. */
  effectiveWeight: number;
  /** What the drivers compare it with, 0–100: the population's median account or the account's past. */
  baseline: number;
  signals: ScoredSignal[];
}

/** A signed part of the score. */
export interface Driver {
  key: string;
  kind: "component" | "override";
  label: string;
  /** In points. The contributions and the baseline add up to the score. */
  contribution: number;
  sentence: string;
}

/** An account's score at a moment. */
export interface ScoredAccount {
  accountId: string;
  /** The moment it describes, in milliseconds since the Unix epoch. */
  at: number;
  modelVersion: string;
  normsVersion: string;
  /** Key of the profile that applied; null for the plain model. */
  profile: string | null;
  /** 0–100, higher is healthier; null when the tier is `unknown`. */
  score: number | null;
  /** Where the score falls today; {@link advanceTier} says which tier is confirmed. */
  tier: Tier;
  /** Why there is no score. */
  unknownBecause: "too-young" | "too-little-evidence" | null;
  /** 0–1: coverage × freshness × sample size. */
  confidence: number;
  /** Share of the model's weight that was measured, 0–1. */
  coverage: number;
  /** What the score could be if the missing components were known; null without a score. */
  band: [low: number, high: number] | null;
  /** The score that the drivers start from; null without a score. */
  baseline: number | null;
  components: ScoredComponent[];
  /** Largest first, without those of no weight. */
  drivers: Driver[];
}

/** Where an account stands between evaluations. Plain JSON; the caller keeps it. */
export interface TierState {
  /** Confirmed. */
  tier: Tier;
  /** When it was confirmed, in milliseconds since the Unix epoch. */
  tierSince: number;
  /** What it will be once it has held for the notice period; null when nothing is pending. */
  pendingTier: Tier | null;
  pendingSince: number | null;
  /** Evaluations in a row that said `pendingTier`. */
  heldEvaluations: number;
  /** Why the last change of `tier` came without notice; null when it had its notice. */
  bypass: "first-score" | "no-score" | "sudden-fall" | null;
  /** The highest score of each of the last `fallDays` days, oldest first. */
  recent: { at: number; score: number }[];
}
