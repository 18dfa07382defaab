/** Health: what the REST interface and the webhooks say about an account. */

/** `unknown` when the evidence is too thin; it never comes with a number. */
export type Tier = "healthy" | "at_risk" | "critical" | "unknown";

/** One measured number of an account. */
export interface HealthSignal {
  key: string;
  label: string;
  /** In `unit`; null when missing, which is not zero. */
  value: number | null;
  unit: string;
  /** How many observations it rests on. */
  sampleSize: number;
  /** Time of its last observation, ISO 8601. */
  observedAt: string | null;
  status: "ok" | "missing" | "stale";
  /** 0–100, higher is healthier; null when missing. */
  normalized: number | null;
}

/** A weighted part of the score. */
export interface HealthComponent {
  key: string;
  label: string;
  /** 0–100; null when all its signals are missing. */
  value: number | null;
  /** Share in the model, 0–1. */
  weight: number;
  /** Share in this score, after missing components gave theirs away, 0–1. */
  effectiveWeight: number;
  signals: HealthSignal[];
}

/** A signed part of the score. The contributions and the baseline add up to the score. */
export interface HealthDriver {
  key: string;
  kind: "component" | "override";
  label: string;
  /** In points of the score, against the baseline. */
  contribution: number;
  sentence: string;
}

/** The answer of `GET /v1/accounts/{id}/health`. */
export interface AccountHealth {
  accountId: string;
  /** 0–100, higher is healthier; null when the tier is `unknown`. */
  score: number | null;
  tier: Tier;
  /** The tier it will have when the change has held for the notice period. */
  pendingTier?: Tier;
  /** 0–1: coverage × freshness × sample size. */
  confidence: number;
  /** Share of the model's weight that was measured, 0–1. */
  coverage: number;
  /** What the score could be if the missing components were known; null without a score. */
  band: [low: number, high: number] | null;
  /** The score that the drivers start from. */
  baseline: number | null;
  /** The moment it describes, ISO 8601. */
  asOf: string;
  modelVersion: string;
  normsVersion: string;
  components: HealthComponent[];
  /** Largest first. */
  drivers: HealthDriver[];
  /** Points gained or lost; null where there was no score then. */
  change: { days7: number | null; days30: number | null };
  /** Grows by at least 1 with each change of the account's state. */
  sequence: number;
}
